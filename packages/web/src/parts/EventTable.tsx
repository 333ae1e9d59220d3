import type { ChainEvent } from '@starling/sdk/types'
import type { JSX } from 'preact'
import { plainText } from '../text/plainText.ts'
import { ChainText } from './ChainText.tsx'
import { Mark, type Trust } from './Mark.tsx'
import { type Column, Table } from './Table.tsx'

const trust: Trust = {
  kind: 'unverified',
  why: 'No header commits to events: this is what the node says. What they tell of the state can be looked up with proofs.',
}

type Row = { readonly index: number; readonly event: ChainEvent }

/** Attributes that are shown of an event. */
const MOST = 40

const columns: readonly Column<Row>[] = [
  { head: 'no.', numeric: true, sortBy: ({ index }) => index, cell: ({ index }) => index + 1 },
  { head: 'event', sortBy: ({ event }) => event.type, cell: ({ event }) => plainText(event.type, 100) },
  {
    head: 'attributes',
    copy: ({ event }) => JSON.stringify(event.attributes),
    cell: ({ event }) => (
      <dl class="attributes">
        {Object.entries(event.attributes)
          .slice(0, MOST)
          .map(([name, text]) => (
            <div key={name}>
              <dt>{plainText(name, 60)}</dt>
              <dd>
                <ChainText text={text} />
              </dd>
            </div>
          ))}
      </dl>
    ),
  },
]

/** What a block or a transaction has emitted. */
export function EventTable({
  caption,
  events,
}: {
  readonly caption: string
  readonly events: readonly ChainEvent[]
}): JSX.Element {
  const rows = events.map((event, index) => ({ index, event }))
  return (
    <section aria-labelledby="events">
      <h2 id="events">
        Events <Mark trust={trust} />
      </h2>
      {rows.length === 0 ? (
        <p class="quiet">None.</p>
      ) : (
        <Table caption={caption} columns={columns} rows={rows} keyOf={({ index }) => String(index)} stacks />
      )}
    </section>
  )
}
