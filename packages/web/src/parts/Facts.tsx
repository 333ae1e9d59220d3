import type { ComponentChildren, JSX } from 'preact'

/** A name, what stands under it, and what it means. */
export type Fact = { readonly name: string; readonly value: ComponentChildren; readonly meaning?: string }

/** Facts with their names, one line each. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }): JSX.Element {
  return (
    <dl class="lined">
      {facts.map(({ name, value, meaning }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value}
            {meaning === undefined ? null : <small>{meaning}</small>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
