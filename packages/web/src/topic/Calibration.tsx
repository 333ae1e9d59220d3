import type {
  BaselineStanding,
  GetCalibrationResponse,
  LevelCalibration,
  ReliabilityBin,
} from '@starling/protocol/gen/starling/v1/query_pb'
import type { JSX } from 'preact'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { Mark, unverifiedList } from '../parts/Mark.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { formatNumber } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import { CalibrationPlot, type PlottedPoint } from './CalibrationPlot.tsx'
import { edgeText } from './edgeText.ts'
import { percentOf } from './series.ts'
import type { TopicFacts } from './topicFacts.ts'

type Props = { readonly facts: TopicFacts; readonly settled: bigint }

/** How sure answers were and how right they were: the ledger of coverage, or of events the bins of reliability. */
export function Calibration({ facts, settled }: Props): JSX.Element | null {
  const { chain } = useLive()
  const { value } = useAsked(`calibration ${facts.id}`, settled, () => chain.client.calibrationUnverified(facts.id))
  if (value === undefined || value.nonce === 0n) return null
  const { levels, bins, edge, baseline } = value
  if (levels.length + bins.length === 0 && edge === undefined) return null
  const isLabels = facts.policy.labels.length > 0
  return (
    <section aria-labelledby="calibration">
      <h2 id="calibration">
        How sure, and how right <Mark trust={unverifiedList} />
      </h2>
      {edge === undefined ? null : <p>{edgeText(edge)}</p>}
      {baseline === undefined ? null : <Baseline baseline={baseline} />}
      {levels.length + bins.length === 0 ? null : (
        <div class="beside">
          <CalibrationPlot points={pointsOf(value)} {...axesOf(value, isLabels)} />
          <div>
            {levels.length === 0 ? null : (
              <Table
                caption={`How often ${isLabels ? 'sets of labels' : 'intervals'} held the truth`}
                columns={levelColumns(isLabels)}
                rows={levels}
                keyOf={({ level }) => String(level)}
              />
            )}
            {bins.length === 0 ? null : (
              <Table
                caption="How often events came true, by what was said"
                columns={binColumns}
                rows={bins}
                keyOf={({ lower }) => String(lower)}
              />
            )}
          </div>
        </div>
      )}
    </section>
  )
}

function Baseline({ baseline }: { readonly baseline: BaselineStanding }): JSX.Element {
  const { name, epochs, meanLoss, networkMeanLoss } = baseline
  const network = networkMeanLoss === undefined ? '' : `, the network's ${formatNumber(networkMeanLoss)}`
  return (
    <p class="quiet">
      The guess without a model to beat: {plainText(name, 80)}. Its mean loss over {String(epochs)} epochs is{' '}
      {formatNumber(meanLoss)}
      {network}.
    </p>
  )
}

/** What is promised against what happened. */
function pointsOf({ levels, bins }: GetCalibrationResponse): readonly PlottedPoint[] {
  return [
    ...levels
      .filter(({ epochs }) => epochs > 0n)
      .map(({ level, hits, epochs }) => ({ said: level, came: Number(hits) / Number(epochs), of: epochs })),
    ...bins.flatMap(({ meanProbability: said, frequency: came, n: of }) =>
      said === undefined || came === undefined ? [] : [{ said, came, of }],
    ),
  ]
}

function axesOf(
  { levels }: GetCalibrationResponse,
  isLabels: boolean,
): { readonly across: string; readonly up: string } {
  if (levels.length === 0) return { across: 'mean probability said', up: 'came true' }
  return { across: `level of the ${isLabels ? 'set' : 'interval'}`, up: 'held the truth' }
}

function levelColumns(isLabels: boolean): readonly Column<LevelCalibration>[] {
  return [
    { head: 'level', numeric: true, sortBy: ({ level }) => level, cell: ({ level }) => percentOf(level) },
    { head: 'held', numeric: true, sortBy: ({ hits }) => hits, cell: ({ hits }) => String(hits) },
    { head: 'of', numeric: true, sortBy: ({ epochs }) => epochs, cell: ({ epochs }) => String(epochs) },
    {
      head: 'coverage',
      numeric: true,
      sortBy: ({ hits, epochs }) => Number(hits) / Math.max(1, Number(epochs)),
      cell: ({ hits, epochs }) => (epochs === 0n ? '–' : `${((100 * Number(hits)) / Number(epochs)).toFixed(1)} %`),
    },
    {
      head: isLabels ? 'mean number of labels' : 'mean width',
      numeric: true,
      sortBy: ({ meanWidth }) => meanWidth ?? -1,
      cell: ({ meanWidth }) => formatNumber(meanWidth),
    },
  ]
}

const binColumns: readonly Column<ReliabilityBin>[] = [
  { head: 'said', cell: ({ lower, upper }) => `${formatNumber(lower)} to ${formatNumber(upper)}` },
  { head: 'epochs', numeric: true, sortBy: ({ n }) => n, cell: ({ n }) => String(n) },
  {
    head: 'mean said',
    numeric: true,
    sortBy: ({ meanProbability }) => meanProbability ?? -1,
    cell: ({ meanProbability }) => formatNumber(meanProbability),
  },
  {
    head: 'came true',
    numeric: true,
    sortBy: ({ frequency }) => frequency ?? -1,
    cell: ({ frequency }) => formatNumber(frequency),
  },
]
