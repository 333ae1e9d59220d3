import type { JSX } from 'preact'
import { useLive } from '../chain/openChain.ts'
import { Failure } from '../parts/Failure.tsx'
import { HashText } from '../parts/HashText.tsx'
import { Mark, trustOf } from '../parts/Mark.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { formatWhole } from '../text/formatNumber.ts'
import type { Attendance } from './attendance.ts'
import { type Attended, useAttendance } from './useAttendance.ts'

/** Who signs the blocks, with what power, and how reliably. */
export function ValidatorsPage(): JSX.Element {
  const { state } = useLive()
  const { value, error } = useAttendance()
  return (
    <>
      <h1>
        Validators{' '}
        {state === undefined || value === undefined ? null : (
          <Mark trust={error === undefined ? { kind: 'verified', at: state.at } : trustOf(error)} />
        )}
      </h1>
      {error === undefined ? null : <Failure error={error} />}
      {value === undefined && error === undefined ? (
        <p class="quiet">Asking for the commits of the last hundred blocks…</p>
      ) : null}
      {value === undefined ? null : <Signers attended={value} />}
    </>
  )
}

function Signers({ attended: { rows, commits, headers } }: { readonly attended: Attended }): JSX.Element {
  const total = rows.reduce((sum, { power }) => sum + power, 0n)
  return (
    <>
      <p>
        {rows.length} {rows.length === 1 ? 'validator' : 'validators'} with a power of {formatWhole(total)}. A block
        stands once more than two thirds of the power have signed it.
      </p>
      <p class="quiet">
        Uptime is the share of the last {commits} commits that a validator has signed; the header after each commit
        names all its signatures.
      </p>
      <Table
        caption="Who signs blocks"
        columns={columnsFor(total, commits, headers)}
        rows={rows}
        keyOf={({ address }) => address}
      />
    </>
  )
}

function columnsFor(total: bigint, commits: number, headers: number): readonly Column<Attendance>[] {
  return [
    {
      head: 'address',
      sortBy: ({ address }) => address,
      copy: ({ address }) => address,
      cell: ({ address }) => <HashText hash={address} />,
    },
    {
      head: 'power',
      numeric: true,
      sortBy: ({ power }) => power,
      copy: ({ power }) => String(power),
      cell: ({ power }) => formatWhole(power),
    },
    {
      head: 'share',
      numeric: true,
      sortBy: ({ power }) => power,
      cell: ({ power }) => (total === 0n ? '–' : perCent(Number((power * 10_000n) / total) / 10_000)),
    },
    {
      head: 'uptime',
      numeric: true,
      sortBy: ({ signed }) => signed,
      cell: ({ signed }) => (commits === 0 ? '–' : `${perCent(signed / commits)} (${signed} of ${commits})`),
    },
    {
      head: 'made',
      numeric: true,
      sortBy: ({ proposed }) => proposed,
      cell: ({ proposed }) => `${proposed} of ${headers}`,
    },
    { head: 'public key', copy: ({ publicKey }) => publicKey, cell: ({ publicKey }) => <HashText hash={publicKey} /> },
  ]
}

function perCent(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`
}
