import type { LocalEngine } from '@starling/node/engine/local/localEngine'
import { toHex } from '@starling/protocol/bytes/hex'
import type { Client } from '@starling/sdk/types'
import { type Cast, listCast, modelOf } from './cast.ts'
import { LOCAL_CHAIN_ID } from './localNetwork.ts'
import { type Report, reportSupply, reportTopic } from './report.ts'
import type { NameOf } from './reportTypes.ts'
import type { Watch } from './watchTopics.ts'

/** What a report is made of. */
export type ReportSources = {
  readonly client: Client
  readonly engine: LocalEngine
  readonly cast: Cast
  readonly seed: string
  readonly watch: Watch
  /** `performance.now()` at the start. */
  readonly started: number
  /** Why it ended. */
  readonly stopped: string
}

/** Asks the chain for everything that the report says. */
export async function collectReport({
  client,
  engine,
  cast,
  seed,
  watch,
  started,
  stopped,
}: ReportSources): Promise<Report> {
  await watch.update()
  const supply = reportSupply(await client.ledgerUnverified())
  const { height, appHash } = engine.status()
  const nameOf = namesOf(cast)
  return {
    chainId: LOCAL_CHAIN_ID,
    seed,
    stopped,
    seconds: (performance.now() - started) / 1000,
    blocks: Number(height),
    transactions: countTransactions(engine, height),
    appHash: toHex(appHash),
    supply,
    topics: watch.topics.map((topic) => reportTopic(topic, nameOf)),
  }
}

/** Names of the cast by address; of others the beginning of the address. */
export function namesOf(cast: Cast): NameOf {
  const everybody = [...listCast(cast), ...cast.topics.flatMap(({ attackers }) => attackers)]
  const names = new Map(everybody.map((member) => [member.wallet.address, modelOf(member)]))
  return (address) => names.get(address) ?? `${address.slice(0, 10)}…`
}

function countTransactions({ store }: LocalEngine, height: bigint): number {
  let count = 0
  for (let at = 1n; at <= height; at += 1n) count += store.summary(at)?.txCount ?? 0
  return count
}
