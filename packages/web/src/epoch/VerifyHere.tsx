import { EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { listLeaves } from '@starling/protocol/replay/listLeaves'
import type { Leaf, Mismatch } from '@starling/protocol/replay/types'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { useLive } from '../chain/openChain.ts'
import { Failure } from '../parts/Failure.tsx'
import { Mark } from '../parts/Mark.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { formatWhole } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import type { TopicFacts } from '../topic/topicFacts.ts'
import { type ReplayedHere, replayHere } from './replayHere.ts'

/** A button that settles the epoch again in this page and compares every field. */
export function VerifyHere({ facts, nonce }: { readonly facts: TopicFacts; readonly nonce: bigint }): JSX.Element {
  const { chain } = useLive()
  const [state, setState] = useState<'idle' | 'running' | Error | { readonly replayed: ReplayedHere }>('idle')
  const start = async (): Promise<void> => {
    setState('running')
    try {
      setState({ replayed: await replayHere(chain, facts, nonce) })
    } catch (error) {
      setState(error instanceof Error ? error : new Error(String(error)))
    }
  }
  return (
    <section aria-labelledby="verify">
      <h2 id="verify">Is it right?</h2>
      <p>
        This page fetches the records with their proofs, settles the epoch again with the chain's own functions, and
        compares every stored result and payment.
      </p>
      <button type="button" onClick={() => void start()} disabled={state === 'running'}>
        Verify here
      </button>
      <div aria-live="polite">
        {state === 'running' ? <p class="quiet">Fetching proofs and replaying…</p> : null}
        {state instanceof Error ? <Failure error={state} /> : null}
        {typeof state === 'object' && 'replayed' in state ? <Verdict replayed={state.replayed} /> : null}
      </div>
    </section>
  )
}

const columns: readonly Column<Mismatch>[] = [
  { head: 'field', cell: ({ field }) => <span class="wrong">✕ {plainText(field, 200)}</span> },
  { head: 'stored', cell: ({ stored }) => leafText(stored) },
  { head: 'recomputed here', cell: ({ recomputed }) => leafText(recomputed) },
]

function Verdict({ replayed: { epoch, proof, lie } }: { readonly replayed: ReplayedHere }): JSX.Element {
  const { compared, mismatches, payments } = epoch
  const isRight = mismatches.length === 0 && lie === undefined
  const equal = mismatches.length === 0 ? 'all equal, bit for bit' : `${formatWhole(mismatches.length)} not equal`
  const proven =
    proof.status === 'verified'
      ? `Read and proven at block ${formatWhole(proof.height)}.`
      : 'The proofs fail: these are the values as the node tells them.'
  return (
    <>
      <p class={isRight ? 'verdict' : 'verdict wrong'}>
        {isRight ? '✓' : '✕'} {formatWhole(compared)} values compared, {equal}. {proven}
      </p>
      {lie === undefined ? null : (
        <p>
          <Mark trust={{ kind: 'refuted', why: lie }} /> {plainText(lie, 600)}
        </p>
      )}
      {payments.reason === undefined ? null : (
        <p class="quiet">Not all payments could be followed: {plainText(payments.reason, 600)}</p>
      )}
      {mismatches.length === 0 ? null : (
        <Table caption="What differs" columns={columns} rows={mismatches} keyOf={({ field }) => field} />
      )}
      <Fields epoch={epoch} isProven={lie === undefined} />
    </>
  )
}

type FieldsProps = { readonly epoch: ReplayedHere['epoch']; readonly isProven: boolean }

/** Every field of the record: results recomputed, inputs held by the record's hash. */
function Fields({ epoch: { served, mismatches }, isProven }: FieldsProps): JSX.Element {
  const [isOpen, setOpen] = useState(false)
  const wrong = new Set(mismatches.map(({ field }) => field))
  // Where the record is not what its hash says, a field that the replay gives alike is still nothing proven.
  const mark = (path: string): string => (wrong.has(path) ? '✕' : isProven ? '✓' : '?')
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>All fields of the record</summary>
      {isOpen ? (
        <ul class="fields">
          {listLeaves(EpochRecordSchema, served.record).map(({ path, leaf }) => (
            <li key={path} class={wrong.has(path) ? 'wrong' : ''}>
              {mark(path)} <code>{path}</code> {leafText(leaf)}
            </li>
          ))}
        </ul>
      ) : null}
    </details>
  )
}

function leafText(leaf: Leaf): string {
  return leaf === null ? 'nothing' : plainText(String(leaf), 100)
}
