import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { addRecord, emptyTally, type MemberTally } from '@starling/sdk/records/topicTally'
import type { TopicFacts } from './topicFacts.ts'

/** A step of the ladder: a way to answer, or a worker. */
export type Rung = {
  readonly name: string
  readonly address: string | undefined
  readonly loss: number
  /** The network's mean loss over the epochs in which this one was there. */
  readonly network: number
  readonly epochs: number
  /** Share of the settled epochs in which this one was there. */
  readonly uptime: number
  /** Whether no worker that was there in nine of ten epochs lost less. */
  readonly best: boolean
  readonly weight: number | undefined
  /** Means over the epochs in which contribution pay judged it; absent where none did. SPEC VT-6 */
  readonly contribution: { readonly skill: number; readonly weight: number; readonly share: number } | undefined
  /** uallo. */
  readonly reward: bigint | undefined
}

const MOSTLY = 0.9

/** The ladder of some closed epochs, least loss first; void and contested ones count for nothing. */
export function toRungs({ policy }: Pick<TopicFacts, 'policy'>, records: readonly EpochRecord[]): readonly Rung[] {
  const tally = emptyTally(policy)
  for (const record of records) addRecord(tally, record)
  const { epochs, loss } = tally
  if (epochs === 0) return []
  const network = loss.network / epochs
  const way = (name: string, sum: number): Rung => ({
    ...{ name, address: undefined, loss: sum / epochs, network, epochs, uptime: 1, best: false },
    ...{ weight: undefined, contribution: undefined, reward: undefined },
  })
  const workers = Array.from(tally.workers.values(), (worker) => toRung(worker, epochs)).sort((a, b) => a.loss - b.loss)
  const best = workers.find(({ uptime }) => uptime >= MOSTLY)?.address
  return [
    way('the network', loss.network),
    way('plain mean', loss.mean),
    way('median', loss.median),
    ...workers.map((rung) => (rung.address === best ? { ...rung, best: true } : rung)),
  ].sort((a, b) => a.loss - b.loss)
}

function toRung({ address, epochs, loss, networkLoss, weight, reward, contribution }: MemberTally, all: number): Rung {
  const { epochs: judged, skill, weight: original, share } = contribution
  return {
    name: address,
    address,
    loss: loss / epochs,
    network: networkLoss / epochs,
    epochs,
    uptime: epochs / all,
    best: false,
    weight: weight / epochs,
    contribution:
      judged === 0 ? undefined : { skill: skill / judged, weight: original / judged, share: share / judged },
    reward,
  }
}
