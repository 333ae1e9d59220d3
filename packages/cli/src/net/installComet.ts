import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { COMET_VERSION } from '@starling/node/engine/cometbft/cometVersion'
import { CliError } from '../cliError.ts'
import type { Io } from '../io.ts'
import { cometFile, cometVersion } from './findComet.ts'

const MODULE = 'github.com/cometbft/cometbft/cmd/cometbft'

/** Builds CometBFT at the pinned version into the home folder, unless it is there; returns the program's file. */
export async function installComet({ io, home }: { readonly io: Io; readonly home: string }): Promise<string> {
  const file = cometFile(home)
  if ((await cometVersion(file)) === COMET_VERSION) {
    io.stderr.write(`CometBFT ${COMET_VERSION} is there already.\n`)
    return file
  }
  io.stderr.write(`Building CometBFT ${COMET_VERSION} with Go; the first time takes some minutes.\n`)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  await goInstall(io, dirname(file))
  const version = await cometVersion(file)
  if (version === COMET_VERSION) return file
  throw new CliError(
    3,
    `Go has built ${file}, but that says its version is ${version ?? 'nothing'}. Delete it and try again.`,
  )
}

async function goInstall({ stderr, env }: Io, folder: string): Promise<void> {
  const child = spawn('go', ['install', `${MODULE}@v${COMET_VERSION}`], {
    env: { ...env, GOBIN: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => stderr.write(chunk))
  let code: unknown
  try {
    const ended: readonly unknown[] = await once(child, 'close')
    code = ended[0]
  } catch (error) {
    throw new CliError(
      3,
      `The Go tool chain is not on PATH, and CometBFT is built with it. Install Go (https://go.dev/dl), or put a cometbft ${COMET_VERSION} on PATH.`,
      { cause: error },
    )
  }
  if (code === 0) return
  throw new CliError(
    3,
    `Go could not build CometBFT (status ${String(code)}); the lines above say why. It needs a way to the Go module proxy, the first time.`,
  )
}
