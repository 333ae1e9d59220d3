import { createHttpServer } from '@starling/node/server/createHttpServer'
import { createLog } from '@starling/node/server/createLog'
import { defaultLimits } from '@starling/node/server/limits'
import { listen } from '@starling/node/server/listen'
import { CliError } from '../cliError.ts'
import type { Io } from '../io.ts'
import { findExplorer } from '../node/findExplorer.ts'
import { openBrowser } from './openBrowser.ts'

/** Options of `starling explorer`. */
export type ExplorerOptions = {
  readonly io: Io
  /** REST address of the node that the page shows. */
  readonly node: string
  /** Its RPC address; without one the page looks under `/rpc` of the node. */
  readonly rpc: string | undefined
  /** 0 takes any free one. */
  readonly port: number
  readonly open: boolean
  readonly stop: AbortSignal
}

/** Serves the explorer's page to this machine, for any node, until it is asked to end. */
export async function runExplorer({ io, node, rpc, port, open, stop }: ExplorerOptions): Promise<void> {
  const addRoutes = findExplorer()
  if (addRoutes === undefined) throw new CliError(3, 'The page is not built. Build it with "npm run build".')
  const query = new URLSearchParams({ node, ...(rpc === undefined ? {} : { rpc }) })
  const http = { log: createLog('warn'), limits: defaultLimits, allowedOrigins: [] }
  const app = createHttpServer(http, ({ message }) => ({ message }))
  // Whoever comes without the node's address gets the one that was given here.
  app.addHook('onRequest', (request, reply, done) => {
    if (request.method === 'GET' && request.url === '/') return void reply.redirect(`/?${query}`)
    return done()
  })
  addRoutes(app)
  try {
    const url = `${await listenAt(app, port)}/?${query}`
    io.stderr.write(`The explorer for ${node}: ${url}\n`)
    if (open) void openBrowser(io, url)
    await new Promise<void>((resolve) => {
      if (stop.aborted) resolve()
      else stop.addEventListener('abort', () => resolve(), { once: true })
    })
  } finally {
    await app.close()
  }
}

async function listenAt(app: Parameters<typeof listen>[0], port: number): Promise<string> {
  try {
    return await listen(app, { host: '127.0.0.1', port, flag: '--port' })
  } catch (error) {
    throw new CliError(3, error instanceof Error ? error.message : String(error), { cause: error })
  }
}
