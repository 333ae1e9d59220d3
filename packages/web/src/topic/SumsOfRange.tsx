import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { Chart } from '../parts/Chart.tsx'
import { Failure } from '../parts/Failure.tsx'
import { formatWhole } from '../text/formatNumber.ts'
import { HISTORY_PAGE } from './createHistory.ts'
import { TALLY_PART } from './createTallies.ts'
import { LossLadder } from './LossLadder.tsx'
import type { TopicFacts } from './topicFacts.ts'
import { useTallies } from './useTallies.ts'
import { toMeanWeights, toWeights } from './weights.ts'

type Props = {
  readonly facts: TopicFacts
  /** Nonces, both among them. */
  readonly from: number
  readonly to: number
  /** Nonce of the newest settled epoch. */
  readonly settled: number
  /** While this holds, something that matters more is being loaded. */
  readonly isHeld: boolean
}

/** What workers did over the epochs of a range: the loss ladder, and their shares in the answers. */
export function SumsOfRange({ facts, from, to, settled, isHeld }: Props): JSX.Element {
  const { chain } = useLive()
  const tallies = useTallies(facts, { from, to, settled, isHeld })
  const isShort = (to - from) / Number(facts.epochLength) < HISTORY_PAGE
  const { value: shares } = useAsked(`shares ${facts.id} ${isShort}`, `${from} ${to} ${settled}`, async () =>
    isShort
      ? chain.client.historyUnverified(facts.id, { after: BigInt(from) - 1n, until: BigInt(to), shares: true })
      : undefined,
  )
  const weights = useMemo(
    () => (shares === undefined ? toMeanWeights(tallies?.parts ?? []) : toWeights(shares)),
    [shares, tallies],
  )
  const sums = useMemo(() => tallies?.parts.map(({ tally }) => tally) ?? [], [tallies])
  const [first, last] = [weights.at[0], weights.at[weights.at.length - 1]]
  return (
    <>
      <p class="quiet" role="status">
        The ladder is over the epochs in view: {from} to {to}.{' '}
        {tallies === undefined || tallies.missing === 0
          ? 'Zoom the chart to choose others.'
          : `About ${formatWhole(tallies.missing * TALLY_PART)} of them are not summed yet.`}
      </p>
      {tallies?.error === undefined ? null : <Failure error={tallies.error} />}
      {sums.length === 0 ? null : <LossLadder facts={facts} tallies={sums} />}
      {weights.at.length === 0 ? null : (
        <>
          <h3>Shares in the answer{isShort ? '' : `, means over ${TALLY_PART} epochs`}</h3>
          <Chart
            label={`What part of the answer each worker had, epochs ${first} to ${last}; its numbers stand below`}
            data={weights}
            file={`topic-${facts.id}-weights.csv`}
          />
        </>
      )}
    </>
  )
}
