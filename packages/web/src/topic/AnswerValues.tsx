import type { JSX } from 'preact'
import { formatNumber, formatRoughly } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import type { TopicFacts } from './topicFacts.ts'

type Props = { readonly facts: TopicFacts; readonly values: readonly number[]; readonly isRough?: true }

/** An answer: one number with its unit, or one for each label or level; roughly where it is one of many. */
export function AnswerValues({ facts: { outputs, policy }, values, isRough }: Props): JSX.Element {
  const format = isRough ? formatRoughly : formatNumber
  if (outputs.length === 0) {
    return (
      <p class="answer">
        <span class="value" title={String(values[0] ?? '')}>
          {format(values[0])}
        </span>{' '}
        {plainText(policy.unit, 40)}
      </p>
    )
  }
  return (
    <dl class="answer labels">
      {outputs.map((name, i) => (
        <div key={name}>
          <dt>{plainText(name, 40)}</dt>
          <dd>
            <meter min={0} max={1} value={values[i] ?? 0} aria-label={plainText(name, 40)} /> {format(values[i])}
          </dd>
        </div>
      ))}
    </dl>
  )
}
