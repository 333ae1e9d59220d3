import { claimPorts } from '@starling/cli/testing/claimPorts'
import { createClient } from '@starling/sdk/createClient'
import type { Client } from '@starling/sdk/types'
import { eventually, Hopeless } from './eventually.ts'
import { type Ended, type Launched, launch, run } from './launch.ts'
import type { Scope } from './scope.ts'

/** A network that `starling up` runs, and the command line of somebody who uses it. */
export type Network = {
  readonly home: string
  /** REST and RPC server. */
  readonly url: string
  readonly rpc: string
  /** Environment in which the command line finds the network. */
  readonly env: Readonly<Record<string, string>>
  readonly up: Launched
  readonly client: Client
  /** Runs a command of the user's to its end; the scope ends it where it does not. */
  cli(scope: Scope, ...args: readonly string[]): Promise<Ended>
  /** Runs a command that must succeed with `--json`, and returns the document. */
  json<T>(scope: Scope, ...args: readonly string[]): Promise<T>
}

/** What differs from `starling up` in a new home folder. */
export type NetworkOptions = {
  readonly home?: string
  readonly pace?: number
  /** Takes the place of a network that has ended: its home and its ports. */
  readonly after?: Network
  readonly args?: readonly string[]
}

async function ownUrls(): Promise<readonly [url: string, rpc: string]> {
  const [rest, rpc] = await claimPorts(2)
  return [`http://127.0.0.1:${rest}`, `http://127.0.0.1:${rpc}`]
}

/** Starts `starling up` and waits until its servers answer. */
export async function startNetwork(scope: Scope, options: NetworkOptions = {}): Promise<Network> {
  const { after, pace = 1, args = [] } = options
  const home = after?.home ?? options.home ?? scope.folder()
  const [url, rpc] = after === undefined ? await ownUrls() : [after.url, after.rpc]
  const env = { STARLING_HOME: home, STARLING_NODE: url, STARLING_RPC: rpc }
  const ports = ['--rest-port', new URL(url).port, '--rpc-port', new URL(rpc).port, '--metrics-port', '0']
  const up = launch(scope, ['up', '--pace', `${pace}`, ...ports, ...args], { cwd: home, env })
  const client = createClient({ url, rpc })
  scope.defer(() => client.close())
  await untilHeight({ client, up }, 1n)
  const cli = (own: Scope, ...given: readonly string[]): Promise<Ended> => run(own, given, { cwd: home, env })
  return {
    home,
    url,
    rpc,
    env,
    up,
    client,
    cli,
    async json(own, ...given) {
      const { code, stdout, stderr } = await cli(own, ...given, '--json')
      if (code !== 0) throw new Error(`starling ${given.join(' ')} ended with ${code}:\n${stderr}`)
      return JSON.parse(stdout)
    },
  }
}

/** Waits until the chain has reached a height, which is returned; throws where its process ends before. */
export function untilHeight({ client, up }: Pick<Network, 'client' | 'up'>, height: bigint): Promise<bigint> {
  return eventually(`block ${height}`, async () => {
    checkRuns(up)
    const now = await client.height()
    return now >= height ? now : undefined
  })
}

/** Waits until a topic has an answer. */
export async function untilAnswer({ client, up }: Pick<Network, 'client' | 'up'>, topicId = 1n): Promise<void> {
  await eventually(`an answer of topic ${topicId}`, () => {
    checkRuns(up)
    return client.answerUnverified(topicId)
  })
}

function checkRuns({ child, stderr }: Launched): void {
  if (child.exitCode !== null) throw new Hopeless(`starling up has ended:\n${stderr()}`)
}
