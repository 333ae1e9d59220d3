import { toHex } from '@starling/protocol/bytes/hex'
import { timeMs } from '@starling/sdk/proof/createLightClient'
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { useLive } from '../chain/openChain.ts'
import { Failure } from '../parts/Failure.tsx'
import { HashText } from '../parts/HashText.tsx'
import { Mark, type Trust } from '../parts/Mark.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { TimeText } from '../parts/TimeText.tsx'
import { formatWhole } from '../text/formatNumber.ts'
import { type HeaderLine, useHeaders } from './useHeaders.ts'

const spans = [20, 50, 100] as const
/** Older ones are found by their number. */
const MOST = 1000

const counts: Trust = {
  kind: 'unverified',
  why: 'A header does not say how many transactions its block has: this is what the node says. The page of a block proves them.',
}

const columns: readonly Column<HeaderLine>[] = [
  {
    head: 'height',
    numeric: true,
    sortBy: ({ header }) => header.height,
    copy: ({ header }) => String(header.height),
    cell: ({ header }) => <a href={`#/block/${header.height}`}>{formatWhole(header.height)}</a>,
  },
  {
    head: 'time',
    sortBy: ({ header }) => header.time.seconds,
    copy: ({ header }) => new Date(Number(timeMs(header.time))).toISOString(),
    cell: ({ header }) => <TimeText ms={Number(timeMs(header.time))} />,
  },
  { head: 'transactions', numeric: true, sortBy: ({ txCount }) => txCount, cell: ({ txCount }) => txCount },
  {
    head: 'proposer',
    sortBy: ({ header }) => toHex(header.proposerAddress),
    copy: ({ header }) => toHex(header.proposerAddress),
    cell: ({ header }) => <HashText hash={toHex(header.proposerAddress)} />,
  },
  {
    head: 'hash',
    copy: ({ hash }) => toHex(hash),
    cell: ({ header, hash }) => <HashText hash={toHex(hash)} href={`#/block/${header.height}`} />,
  },
]

/** The newest blocks as they come. */
export function BlocksPage(): JSX.Element {
  const { state } = useLive()
  const [count, setCount] = useState<number>(spans[0])
  const [pausedAt, setPausedAt] = useState<bigint | undefined>(undefined)
  const { value: lines, error } = useHeaders(count, pausedAt)
  const newest = state?.at
  const waiting = newest === undefined || pausedAt === undefined ? 0n : newest.height - pausedAt
  const first = lines?.at(-1)?.header.height ?? 1n
  return (
    <>
      <h1>Blocks {newest === undefined ? null : <Mark trust={{ kind: 'signed', ...newest }} />}</h1>
      <p class="choices">
        <button
          type="button"
          aria-pressed={pausedAt !== undefined}
          onClick={() => setPausedAt(pausedAt === undefined ? newest?.height : undefined)}
        >
          {pausedAt === undefined ? 'Pause' : 'Go on'}
        </button>{' '}
        <label>
          Shown{' '}
          <select
            value={spans.find((span) => span === count) ?? ''}
            onChange={({ currentTarget }) => setCount(Number(currentTarget.value))}
          >
            {spans.some((span) => span === count) ? null : <option value="">the newest {formatWhole(count)}</option>}
            {spans.map((span) => (
              <option key={span} value={span}>
                the newest {span}
              </option>
            ))}
          </select>
        </label>{' '}
        <span class="quiet" role="status">
          {waiting > 0n ? `${formatWhole(waiting)} newer ${waiting === 1n ? 'block' : 'blocks'}` : ''}
        </span>
      </p>
      {error === undefined ? null : <Failure error={error} />}
      {lines === undefined ? (
        error === undefined ? (
          <p class="quiet">Asking for the headers…</p>
        ) : null
      ) : (
        <>
          <p class="quiet">
            Numbers of transactions <Mark trust={counts} />
          </p>
          <Table
            caption="Blocks, newest first"
            columns={columns}
            rows={lines}
            keyOf={({ header }) => String(header.height)}
          />
          {first > 1n && count < MOST ? (
            <button type="button" onClick={() => setCount(Math.min(MOST, count + 50))}>
              Load older blocks
            </button>
          ) : (
            <p class="quiet">
              {first > 1n
                ? 'Older blocks are found by their number, in the search above.'
                : 'This is where the chain begins.'}
            </p>
          )}
        </>
      )}
    </>
  )
}
