import { compareAddress } from '../../num/compareAddress.ts'
import { quantile } from '../../num/quantile.ts'
import { tabulate } from '../../num/tabulate.ts'
import { entriesOf } from '../entriesOf.ts'
import { entryOf } from '../entryOf.ts'
import { flushTiny } from '../flushTiny.ts'
import type { Address, Values } from '../types.ts'
import { advanceBaseline } from './advanceBaseline.ts'
import type { ContributionEpoch, ContributionState, ContributorState, Entry } from './contributionTypes.ts'
import { forgetContributors } from './forgetContributors.ts'
import { pushed } from './pushed.ts'

const RESIDUALS = 200
const HIGH = 0.75
const LOW = 0.25
const NOTHING: Values = []

function flushed(values: Values): Values {
  return tabulate(values.length, (i) => flushTiny(values[i] ?? 0))
}

type Contribution = { readonly worker: Address; readonly entry: number; readonly residual: Values }

/** Everybody known or new with the epoch's entry: what it contributed, or that it was silent or did not reveal. */
function enterAll(
  known: Readonly<Record<Address, ContributorState>>,
  present: readonly Contribution[],
  missed: readonly Address[],
  memory: number,
): Readonly<Record<Address, ContributorState>> {
  const seen = new Map(present.map((one) => [one.worker, one]))
  const silent = new Set(missed)
  const before = entriesOf(known).map(([worker]) => worker)
  const fresh = [...present.map(({ worker }) => worker), ...missed].filter((worker) => !Object.hasOwn(known, worker))
  const named = fresh.length === 0 ? before : [...new Set([...before, ...fresh])].sort(compareAddress)
  const entered = named.map((worker): readonly [Address, ContributorState] => {
    const one = seen.get(worker)
    const entry: Entry = one ? flushTiny(one.entry) : silent.has(worker) ? 'missed' : 'absent'
    const residual = one ? flushed(one.residual) : NOTHING
    const { entries, residuals } = entryOf(known, worker) ?? { entries: [], residuals: [] }
    return [worker, { entries: pushed(entries, entry, memory), residuals: pushed(residuals, residual, RESIDUALS) }]
  })
  return forgetContributors(entered)
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
  const window = pushed(
    state.window,
    {
      baselines: flushed(epoch.baselineLosses),
      absentLoss: flushTiny(quantile(losses, HIGH)),
      absentGain: flushTiny(quantile(gains, LOW)),
    },
    memory,
  )
  const workers = epoch.workers.map(({ worker, loss, residual }) => ({ worker, entry: loss, residual }))
  const forecasters = epoch.forecasters.map(({ worker, gain, residual }) => ({ worker, entry: gain, residual }))
  return {
    baseline,
    window,
    workers: enterAll(state.workers, workers, epoch.missedWorkers, memory),
    forecasters: enterAll(state.forecasters, forecasters, epoch.missedForecasters, memory),
  }
}
