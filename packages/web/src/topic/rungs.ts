import type { GetTallyResponse, WorkerTally } from '@starling/protocol/gen/starling/v1/query_pb'

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

/** The ladder of the settled epochs that tallies sum, least loss first. */
export function toRungs(tallies: readonly GetTallyResponse[]): readonly Rung[] {
  const total = (read: (tally: GetTallyResponse) => number): number =>
    tallies.reduce((sum, tally) => sum + read(tally), 0)
  const epochs = total((tally) => Number(tally.epochs))
  if (epochs === 0) return []
  const network = total(({ networkLoss }) => networkLoss) / epochs
  const way = (name: string, sum: number): Rung => ({
    ...{ name, address: undefined, loss: sum / epochs, network, epochs, uptime: 1, best: false },
    ...{ weight: undefined, contribution: undefined, reward: undefined },
  })
  const parts = new Map<string, WorkerTally[]>()
  for (const worker of tallies.flatMap((tally) => tally.workers)) {
    parts.set(worker.address, [...(parts.get(worker.address) ?? []), worker])
  }
  const workers = Array.from(parts, ([address, own]) => toRung(address, own, epochs)).sort((a, b) => a.loss - b.loss)
  const best = workers.find(({ uptime }) => uptime >= MOSTLY)?.address
  return [
    way('the network', network * epochs),
    way(
      'plain mean',
      total(({ meanLoss }) => meanLoss),
    ),
    way(
      'median',
      total(({ medianLoss }) => medianLoss),
    ),
    ...workers.map((rung) => (rung.address === best ? { ...rung, best: true } : rung)),
  ].sort((a, b) => a.loss - b.loss)
}

function toRung(address: string, parts: readonly WorkerTally[], all: number): Rung {
  const total = (read: (part: WorkerTally) => number): number => parts.reduce((sum, part) => sum + read(part), 0)
  const [epochs, judged] = [total((part) => Number(part.epochs)), total((part) => Number(part.judged))]
  const mean = (read: (part: WorkerTally) => number): number => total(read) / judged
  return {
    name: address,
    address,
    loss: total(({ loss }) => loss) / epochs,
    network: total(({ networkLoss }) => networkLoss) / epochs,
    epochs,
    uptime: epochs / all,
    best: false,
    weight: total(({ weight }) => weight) / epochs,
    contribution:
      judged === 0
        ? undefined
        : {
            skill: mean(({ skill }) => skill),
            weight: mean(({ weightInPay }) => weightInPay),
            share: mean(({ share }) => share),
          },
    reward: parts.reduce((sum, { reward }) => sum + BigInt(reward), 0n),
  }
}
