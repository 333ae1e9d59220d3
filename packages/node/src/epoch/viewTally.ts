import { create, type MessageInitShape } from '@bufbuild/protobuf'
import type { TallyGlance } from '@starling/protocol/gen/starling/v1/epochs_pb'
import {
  type GetTallyResponse,
  GetTallyResponseSchema,
  type WorkerTallySchema,
} from '@starling/protocol/gen/starling/v1/query_pb'
import { compareAddress } from '@starling/protocol/num/compareAddress'
import { readWhole } from '@starling/protocol/num/readWhole'
import { sum } from '@starling/protocol/num/sum'
import { lossesOfWays } from '@starling/protocol/scoring/losses/lossesOfWays'
import type { StateReader } from '../app/context.ts'
import { glanceForTally } from '../modules/rewards/readRecords.ts'
import type { RecordPage } from '../modules/rewards/view.ts'
import type { StoredTopic } from '../modules/topics/view.ts'

/** Sums over the settled epochs of a page, epoch by epoch: what ladders over any range are made of. */
export function viewTally(state: StateReader, { id, policy }: StoredTopic, page: RecordPage): GetTallyResponse {
  const closed = glanceForTally(state, id, page)
  const settled = closed.filter(({ status, losses }) => status === 'settled' && losses !== undefined)
  const ways = settled.map((epoch) => lossesOfWays(policy, epoch))
  return create(GetTallyResponseSchema, {
    last: closed.at(-1)?.nonce ?? 0n,
    epochs: BigInt(settled.length),
    networkLoss: sum(settled.map(({ losses }) => losses?.combined ?? 0)),
    meanLoss: sum(ways.map(({ mean }) => mean)),
    medianLoss: sum(ways.map(({ median }) => median)),
    workers: grouped(settled.flatMap(worksOf)).map(toWorker),
    shares: grouped(settled.flatMap(({ network }) => network?.weights ?? [])).map((parts) => ({
      address: parts[0].address,
      value: sum(parts.map(({ value }) => value)),
    })),
  })
}

/** What one inferer did in one epoch. */
type Work = {
  readonly address: string
  readonly loss: number
  readonly networkLoss: number
  readonly weight: number
  readonly reward: bigint
  readonly judged: { readonly skill: number; readonly weight: number; readonly share: number } | undefined
}

function worksOf({ losses, weights, payouts, contribution }: TallyGlance): readonly Work[] {
  return (losses?.inferers ?? []).map(({ address, value }) => ({
    address,
    loss: value,
    networkLoss: losses?.combined ?? 0,
    weight: weights.find((one) => one.address === address)?.value ?? 0,
    reward: payouts.reduce(
      (total, one) => (one.role === 'inferer' && one.address === address ? total + readWhole(one.amount) : total),
      0n,
    ),
    judged: contribution?.inferers.find((one) => one.address === address),
  }))
}

function toWorker(works: Group<Work>): MessageInitShape<typeof WorkerTallySchema> {
  const judged = works.flatMap((work) => work.judged ?? [])
  return {
    address: works[0].address,
    epochs: BigInt(works.length),
    loss: sum(works.map(({ loss }) => loss)),
    networkLoss: sum(works.map(({ networkLoss }) => networkLoss)),
    weight: sum(works.map(({ weight }) => weight)),
    reward: works.reduce((total, { reward }) => total + reward, 0n).toString(),
    judged: BigInt(judged.length),
    skill: sum(judged.map(({ skill }) => skill)),
    weightInPay: sum(judged.map(({ weight }) => weight)),
    share: sum(judged.map(({ share }) => share)),
  }
}

type Group<T> = [T, ...T[]]

/** What belongs to each address, in the order given, by address. */
function grouped<T extends { readonly address: string }>(all: readonly T[]): readonly Group<T>[] {
  const groups: Group<T>[] = []
  for (const one of all.toSorted((a, b) => compareAddress(a.address, b.address))) {
    const last = groups.at(-1)
    if (last?.[0].address === one.address) last.push(one)
    else groups.push([one])
  }
  return groups
}
