import { example } from '@starling/sdk/backtest/example'
import type { JSX } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { Failure } from '../parts/Failure.tsx'
import { formatWhole } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import { Options } from './Options.tsx'
import { Report } from './Report.tsx'
import { requestOf } from './requestOf.ts'
import { type Run, useBacktest } from './useBacktest.ts'

type Table = { readonly name: string; readonly file: Blob; readonly loss?: string }

/** A table of history through the chain's own functions, in this browser: the file never leaves it. */
export function BacktestPage(): JSX.Element {
  const { run, start, cancel, downloadAnswers } = useBacktest()
  const form = useRef<HTMLFormElement>(null)
  const [table, setTable] = useState<Table | undefined>(undefined)
  const [fault, setFault] = useState<Error | undefined>(undefined)
  const begin = ({ name, file, loss }: Table): void => {
    if (form.current === null) return
    const fields = new FormData(form.current)
    setFault(undefined)
    setTable({ name, file, ...(loss === undefined ? {} : { loss }) })
    const request = { ...(loss === undefined ? {} : { loss }), ...requestOf(fields) }
    start({ name, file, request, keep: fields.has('keep') })
  }
  const take = (files: FileList | null | undefined): void => {
    const [file] = files ?? []
    if (file !== undefined) begin({ name: file.name, file })
  }
  return (
    <>
      <h1>Would the network beat your models?</h1>
      <p>
        Give a table of what models said and what came true: a column <code>truth</code>, and one for each model. It
        goes through the functions that settle epochs on the chain, as <code>starling backtest</code> does it.{' '}
        <strong>The file never leaves this browser.</strong>
      </p>
      <form
        ref={form}
        class="backtest"
        onSubmit={(event) => {
          event.preventDefault()
          if (table !== undefined) begin(table)
        }}
      >
        <Drop take={take} />
        <Options />
        <p class="choices">
          <button type="submit" disabled={table === undefined || run.kind === 'running'}>
            {table === undefined ? 'Run' : `Run ${plainText(table.name, 60)} again`}
          </button>{' '}
          <button type="button" onClick={() => fetchExample().then(begin, setFault)} disabled={run.kind === 'running'}>
            Run the S&amp;P 500 example
          </button>
        </p>
      </form>
      {fault === undefined ? null : <Failure error={fault} />}
      <Outcome run={run} cancel={cancel} downloadAnswers={downloadAnswers} />
    </>
  )
}

function Drop({ take }: { readonly take: (files: FileList | null | undefined) => void }): JSX.Element {
  const [over, setOver] = useState(false)
  return (
    <label
      class={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer?.files)
      }}
    >
      <span>Drop a CSV file here, or choose one; gzip will do.</span>
      <input
        type="file"
        accept=".csv,.tsv,.txt,.gz,text/csv"
        onChange={({ currentTarget }) => {
          take(currentTarget.files)
          // The same file may be chosen again after it was changed.
          currentTarget.value = ''
        }}
      />
    </label>
  )
}

type OutcomeProps = { readonly run: Run; readonly cancel: () => void; readonly downloadAnswers: () => void }

function Outcome({ run, cancel, downloadAnswers }: OutcomeProps): JSX.Element | null {
  if (run.kind === 'idle') return null
  if (run.kind === 'failed') return <Failure error={run.error} />
  if (run.kind === 'done') return <Report run={run} downloadAnswers={downloadAnswers} />
  const { what, done, total } = run
  return (
    <p class="choices">
      <progress max={Math.max(total, 1)} value={done} aria-label="Progress of the backtest" /> {formatWhole(done)} of{' '}
      {formatWhole(total)} {what}{' '}
      <button type="button" onClick={cancel}>
        Cancel
      </button>
    </p>
  )
}

/** The table that comes with the page. */
async function fetchExample(): Promise<Table> {
  const response = await fetch(new URL('../../dist/example.csv', import.meta.url))
  if (!response.ok) throw new Error('The example does not stand beside this page. Its files must be copied with it.')
  return { name: example.name, file: await response.blob(), loss: example.loss }
}
