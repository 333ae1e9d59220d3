import { isCoins } from '@starling/protocol/replay/explain/isCoins'
import type { Line } from '@starling/protocol/replay/explain/types'
import type { JSX } from 'preact'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { download } from '../parts/download.ts'
import { Failure } from '../parts/Failure.tsx'
import { Mark } from '../parts/Mark.tsx'
import { formatCoins } from '../text/formatCoins.ts'
import { formatNumber, formatWhole } from '../text/formatNumber.ts'
import { plainText, shortName } from '../text/plainText.ts'
import type { TopicFacts } from '../topic/topicFacts.ts'
import { type ExplainedHere, explainHere } from './explainHere.ts'
import { toCsv } from './toCsv.ts'

type Props = { readonly facts: TopicFacts; readonly nonce: bigint; readonly address: string }

/** The arithmetic from what an address submitted in an epoch to its coins, recomputed in this page. */
export function Why({ facts, nonce, address }: Props): JSX.Element {
  const { chain } = useLive()
  const { value, error } = useAsked(`why ${facts.id} ${nonce} ${address}`, chain, () =>
    explainHere(chain, facts, { nonce, address }),
  )
  return (
    <section aria-labelledby="why">
      <h2 id="why">Why did I get this?</h2>
      <p>
        <a href={`#/topic/${facts.id}/epoch/${nonce}`}>
          {plainText(facts.name, 80)}, epoch {String(nonce)}
        </a>
      </p>
      {error === undefined ? null : <Failure error={error} />}
      {value === undefined && error === undefined ? <p class="quiet">Fetching proofs and replaying…</p> : null}
      {value === undefined ? null : <Arithmetic explained={value} name={`${address}-${facts.id}-${nonce}`} />}
    </section>
  )
}

function Arithmetic({ explained, name }: { readonly explained: ExplainedHere; readonly name: string }): JSX.Element {
  const { lines, paid, reason, refuted, proof } = explained
  if (refuted !== undefined) {
    return (
      <p>
        The record of this epoch is not what a replay gives, so there is nothing to explain.{' '}
        <Mark trust={{ kind: 'refuted', why: refuted }} />
      </p>
    )
  }
  return (
    <>
      <p class="verdict">
        {paid > 0n ? `Paid ${formatCoins(paid)}` : `Paid nothing: ${plainText(reason ?? '', 600)}`}{' '}
        <Mark trust={{ kind: 'replayed', height: proof.height, hash: proof.hash }} />
      </p>
      <p class="quiet">{formatWhole(paid)} uallo. Each step opens to its formula and what went into it.</p>
      <ol class="lines">
        {lines.map((line, i) => (
          <li key={`${i} ${line.label}`}>
            <Step line={line} />
          </li>
        ))}
      </ol>
      <button type="button" onClick={() => download(`${name}.csv`, [toCsv(lines)])}>
        Download as CSV
      </button>
    </>
  )
}

function Step({ line: { label, value, formula, inputs } }: { readonly line: Line }): JSX.Element {
  return (
    <details>
      <summary class="step">
        {plainText(label, 120)}: <strong>{valueText(label, value)}</strong>
      </summary>
      <p>
        <code>{plainText(formula, 600)}</code>
      </p>
      <dl class="facts">
        {Object.entries(inputs).map(([name, input]) => (
          <div key={name}>
            <dt>{shortName(name)}</dt>
            <dd>{typeof input === 'number' ? formatNumber(input) : plainText(input, 100)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function valueText(label: string, value: number | string): string {
  if (typeof value === 'number') return formatNumber(value)
  return isCoins({ label }) ? formatCoins(BigInt(value)) : plainText(value, 100)
}
