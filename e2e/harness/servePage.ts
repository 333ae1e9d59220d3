import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { addPage } from '@starling/node/server/page/addPage'
import fastify from 'fastify'
import type { Scope } from './scope.ts'

const FOLDER = fileURLToPath(new URL('../../packages/web/dist/page', import.meta.url))

/** Serves the explorer's page as a node does, without a chain behind it; returns its address. */
export async function servePage(scope: Scope): Promise<string> {
  if (!existsSync(FOLDER)) throw new Error('The page is not built. Run "npm run build" first.')
  const app = fastify()
  addPage(app, FOLDER)
  scope.defer(() => app.close())
  return app.listen({ host: '127.0.0.1', port: 0 })
}
