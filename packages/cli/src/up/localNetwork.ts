import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { acquireLock } from '@starling/node/store/lockFile'
import { LOCAL_CHAIN_ID } from '@starling/sdk/wallet/localChainId'
import { CliError } from '../cliError.ts'

export { LOCAL_CHAIN_ID }

/** Pace of its topics, in blocks. */
export const localPace = {
  epochLength: 5n,
  groundTruthLag: 5n,
  workerSubmissionWindow: 5n,
  submissions: 'sealed',
} as const

/** What is remembered of a local network between two starts. */
export type LocalNetwork = { readonly directory: string; readonly seed: string }

const SEED = /^[\x21-\x7e]{1,64}$/

/** Folder of the local network below the home folder. */
export function localDirectory(home: string): string {
  return join(home, 'local')
}

/** Opens the local network of a home folder, or begins one with the given seed, or a new one. */
export function openLocalNetwork(
  home: string,
  { seed, reset }: { readonly seed: string | undefined; readonly reset: boolean },
): LocalNetwork {
  if (seed !== undefined) readSeed(seed)
  const directory = localDirectory(home)
  const file = join(directory, 'network.json')
  if (reset) forget(directory)
  const known = readLocalSeed(home)
  if (known !== undefined) {
    if (seed !== undefined && seed !== known) {
      throw new CliError(
        2,
        `The network in ${directory} began with the seed "${known}", not "${seed}". Leave --seed out to go on with it, or add --reset to begin anew.`,
      )
    }
    return { directory, seed: known }
  }
  mkdirSync(directory, { recursive: true })
  const begun = seed ?? randomBytes(6).toString('hex')
  writeFileSync(`${file}.new`, `${JSON.stringify({ chainId: LOCAL_CHAIN_ID, seed: begun })}\n`)
  renameSync(`${file}.new`, file)
  return { directory, seed: begun }
}

/** A seed that was given with --seed. Throws a `CliError` where it is none. */
export function readSeed(text: string): string {
  if (SEED.test(text)) return text
  throw new CliError(2, `--seed must be 1 to 64 visible ASCII characters without spaces, got "${text}".`)
}

/** Removes a network, unless a process runs it: whose state it is has the lock. */
function forget(directory: string): void {
  const state = join(directory, 'state')
  if (existsSync(state)) acquireLock(join(state, 'LOCK'))()
  rmSync(directory, { recursive: true, force: true })
}

/** The seed of the local network of a home folder; undefined where none has begun. */
export function readLocalSeed(home: string): string | undefined {
  const file = join(localDirectory(home), 'network.json')
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  const seed = seedIn(text)
  if (seed !== undefined) return seed
  throw new CliError(3, `${file} is damaged: it must hold {"chainId", "seed"}. Restore it, or begin anew with --reset.`)
}

function seedIn(text: string): string | undefined {
  try {
    const read: unknown = JSON.parse(text)
    const seed = typeof read === 'object' && read !== null && 'seed' in read ? read.seed : undefined
    return typeof seed === 'string' && SEED.test(seed) ? seed : undefined
  } catch {
    return undefined
  }
}
