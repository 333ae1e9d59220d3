import { writeFileSync } from 'node:fs'
import { runReputer } from '../reputer/runReputer.ts'
import { followedIo } from './liveRun.ts'
import { easyPolicy, type TestNet } from './startTestNet.ts'

/** A reputer at work. */
export type Reputing = {
  /** What it printed so far. */
  readonly reputer: { readonly stdout: string; readonly stderr: string }
  /** Resolves once it has said it. */
  said(pattern: RegExp): Promise<void>
  /** Ends it. */
  stop(): Promise<void>
}

/** A topic named rain whose truth is always 3, with a reputer at work. */
export type Rain = Reputing & { readonly topic: number }

/** Blocks of an epoch, and those of them in which workers submit. */
export const rainPace = { epochLength: 20, window: 12 } as const

/** Creates the topic, funds it, and starts its reputer, all as a user would. */
export async function startRain(net: TestNet): Promise<Rain> {
  writeFileSync(net.file('rain.json'), JSON.stringify(easyPolicy))
  writeFileSync(
    net.file('rain-truth.mjs'),
    "export const truth = () => ({ value: 3, source: 'gauge', observedAt: '2024-08-09' })\n",
  )
  const shape = ['--epoch-length', String(rainPace.epochLength), '--window', String(rainPace.window)]
  const { topic } = await net.json<{ topic: number }>(
    ...['topic', 'create', '--file', net.file('rain.json'), '--name', 'rain', ...shape, '--fund', '10'],
  )
  return { topic, ...startReputing(net, net.file('rain-truth.mjs'), '100') }
}

/** Starts a reputer of the topic rain. */
export function startReputing(net: TestNet, truth: string, stake: string | undefined): Reputing {
  const stopping = new AbortController()
  const { io, text, said } = followedIo(net.env)
  const reputing = runReputer({
    io,
    json: true,
    debug: false,
    home: net.home,
    node: net.node.restUrl,
    rpc: net.node.rpcUrl,
    topic: 'rain',
    truth,
    stake,
    signer: {},
    journal: undefined,
    epochs: undefined,
    timeoutMs: 30_000,
    stop: stopping.signal,
  })
  return {
    reputer: text,
    said,
    async stop() {
      stopping.abort()
      await reputing
    },
  }
}
