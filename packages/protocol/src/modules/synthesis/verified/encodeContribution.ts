import type { MessageInitShape } from '@bufbuild/protobuf'
import type { ContributionStateSchema, ContributorStateSchema } from '../../../gen/starling/v1/verified_pb.ts'
import type { ContributionState, ContributorState, Entry } from '../../../scoring/contribution/contributionTypes.ts'
import { entriesOf } from '../../../scoring/entriesOf.ts'
import type { Address } from '../../../scoring/types.ts'
import { packDoubles } from './packDoubles.ts'
import { packTable } from './packTable.ts'
import { storableNumber } from './storableNumber.ts'

/** What contribution pay carries as its message. Throws STATE_DAMAGED where its parts do not fit together. SPEC VT-6 */
export function encodeContribution(state: ContributionState): MessageInitShape<typeof ContributionStateSchema> {
  const { baseline, window } = state
  return {
    baseline: {
      truths: packDoubles(baseline.truths),
      epochs: BigInt(baseline.epochs),
      mean: storableNumber(baseline.mean),
      counts: baseline.counts.map((count) => BigInt(count)),
    },
    window: {
      baselines: packTable(
        window.map(({ baselines }) => baselines),
        'window.baselines',
      ),
      absentLosses: packDoubles(window.map(({ absentLoss }) => absentLoss)),
      absentGains: packDoubles(window.map(({ absentGain }) => absentGain)),
    },
    workers: entriesOf(state.workers).map(encodeContributor),
    forecasters: entriesOf(state.forecasters).map(encodeContributor),
  }
}

function encodeContributor([address, { entries, residuals }]: readonly [Address, ContributorState]): MessageInitShape<
  typeof ContributorStateSchema
> {
  const held = residuals.filter((residual) => residual.length > 0)
  return {
    address,
    entries: packDoubles(entries.filter((entry) => typeof entry === 'number')),
    absent: placesOf<Entry>(entries, (entry) => entry === 'absent'),
    missed: placesOf<Entry>(entries, (entry) => entry === 'missed'),
    residuals: packTable(held, `${address}.residuals`),
    outputs: held[0]?.length ?? 0,
    empty: placesOf(residuals, (residual) => residual.length === 0),
  }
}

function placesOf<T>(list: readonly T[], is: (entry: T) => boolean): number[] {
  const places: number[] = []
  for (const [place, entry] of list.entries()) if (is(entry)) places.push(place)
  return places
}
