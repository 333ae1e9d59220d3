import { compareAddress } from '../../num/compareAddress.ts'
import { quantile } from '../../num/quantile.ts'
import { entriesOf } from '../entriesOf.ts'
import { flushTiny } from '../flushTiny.ts'
import type { Address, Values } from '../types.ts'
import { advanceBaseline } from './advanceBaseline.ts'
import type { ContributionEpoch, ContributionState, ContributorState, Entry } from './contributionTypes.ts'
import { forgetContributors } from './forgetContributors.ts'

const RESIDUALS = 200
const HIGH = 0.75
const LOW = 0.25

/** The list with one more at its end, at most `most` of them. */
function push<T>(list: readonly T[], added: T, most: number): readonly T[] {
  return [...list.slice(Math.max(0, list.length - most + 1)), added]
}

/** Who is known already or appears in this epoch, in address order. */
function participants<V>(known: Readonly<Record<Address, V>>, appeared: readonly Address[]): readonly Address[] {
  return [...new Set([...entriesOf(known).map(([address]) => address), ...appeared])].sort(compareAddress)
}

function advanceWorkers(state: ContributionState, epoch: ContributionEpoch, memory: number) {
  const seen = new Map(epoch.workers.map((one) => [one.worker, one]))
  const missed = new Set(epoch.missedWorkers)
  const names = participants(state.workers, [...epoch.workers.map(({ worker }) => worker), ...epoch.missedWorkers])
  const known = new Map(entriesOf(state.workers))
  const nothing: Values = []
  return names.map((worker): readonly [Address, ContributorState] => {
    const before = known.get(worker)
    const one = seen.get(worker)
    const entry: Entry = one ? flushTiny(one.loss) : missed.has(worker) ? 'missed' : 'absent'
    const residual = one ? one.residual.map(flushTiny) : nothing
    return [
      worker,
      {
        losses: push(before?.losses ?? [], entry, memory),
        residuals: push(before?.residuals ?? [], residual, RESIDUALS),
      },
    ]
  })
}

function advanceForecasters(state: ContributionState, epoch: ContributionEpoch, memory: number) {
  const seen = new Map(epoch.forecasters.map((one) => [one.worker, one.gain]))
  const missed = new Set(epoch.missedForecasters)
  const appeared = [...epoch.forecasters.map(({ worker }) => worker), ...epoch.missedForecasters]
  const known = new Map(entriesOf(state.forecasters))
  return participants(state.forecasters, appeared).map((worker): readonly [Address, readonly Entry[]] => {
    const gain = seen.get(worker)
    const entry: Entry = gain !== undefined ? flushTiny(gain) : missed.has(worker) ? 'missed' : 'absent'
    return [worker, push(known.get(worker) ?? [], entry, memory)]
  })
}

/**
 * The state after a settled epoch: its losses, residuals and gains are remembered (K = `memory` and 200 of them), absences
 * and commits without reveal are marked for everybody admitted before, the truth enters the baselines. `labels`: how many
 * labels the topic has, 2 for events, 0 for numbers and quantiles. Call it once per settled epoch, in nonce order. SPEC VT-6
 */
export function advanceContribution(
  state: ContributionState,
  epoch: ContributionEpoch,
  { memory, labels }: { readonly memory: number; readonly labels: number },
): ContributionState {
  const baseline = advanceBaseline(state.baseline, epoch.truth, labels)
  if (epoch.baselineLosses.length === 0) return { ...state, baseline }
  const losses = epoch.workers.map(({ loss }) => loss)
  const gains = epoch.forecasters.map(({ gain }) => gain)
  const window = push(
    state.window,
    {
      baselines: epoch.baselineLosses.map(flushTiny),
      absentLoss: flushTiny(quantile(losses, HIGH)),
      absentGain: flushTiny(quantile(gains, LOW)),
    },
    memory,
  )
  return {
    baseline,
    window,
    workers: forgetContributors(advanceWorkers(state, epoch, memory), (one) => one.losses),
    forecasters: forgetContributors(advanceForecasters(state, epoch, memory), (entries) => entries),
  }
}
