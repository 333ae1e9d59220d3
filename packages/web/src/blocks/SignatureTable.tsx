import { toHex } from '@starling/protocol/bytes/hex'
import type { CommitSig } from '@starling/protocol/proof/cometTypes'
import { timeMs } from '@starling/sdk/proof/createLightClient'
import type { JSX } from 'preact'
import { HashText } from '../parts/HashText.tsx'
import { Mark, type Trust } from '../parts/Mark.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { TimeText } from '../parts/TimeText.tsx'
import { formatWhole } from '../text/formatNumber.ts'
import type { BlockHere } from './readBlockHere.ts'

type Row = {
  readonly index: number
  readonly address: string
  readonly power: bigint
  readonly vote: CommitSig | undefined
}

const voteText = (vote: CommitSig | undefined): string => {
  if (vote?.flag === 2) return 'this block'
  return vote?.flag === 3 ? 'no block' : 'nothing'
}

const columns: readonly Column<Row>[] = [
  {
    head: 'validator',
    sortBy: ({ address }) => address,
    copy: ({ address }) => address,
    cell: ({ address }) => <HashText hash={address} href="#/validators" />,
  },
  {
    head: 'power',
    numeric: true,
    sortBy: ({ power }) => power,
    copy: ({ power }) => String(power),
    cell: ({ power }) => formatWhole(power),
  },
  { head: 'signed', sortBy: ({ vote }) => voteText(vote), cell: ({ vote }) => voteText(vote) },
  {
    head: 'at',
    copy: ({ vote }) => (vote?.flag === 2 ? new Date(Number(timeMs(vote.time))).toISOString() : ''),
    cell: ({ vote }) => (vote?.flag === 2 ? <TimeText ms={Number(timeMs(vote.time))} /> : '–'),
  },
  {
    head: 'signature',
    copy: ({ vote }) => toHex(vote?.signature ?? new Uint8Array()),
    cell: ({ vote }) => (vote?.flag === 2 ? <HashText hash={toHex(vote.signature)} /> : '–'),
  },
]

/** Who has signed a block. */
export function SignatureTable({ block }: { readonly block: BlockHere }): JSX.Element {
  const { commit, validators, header, hash, next } = block
  const rows = validators.map(({ address, power }, index) => ({
    index,
    address: toHex(address),
    power,
    vote: commit.signatures[index],
  }))
  const trust: Trust =
    next === undefined
      ? {
          kind: 'unverified',
          why: 'More than two thirds of the power are checked by their signatures; that the others stand here as they do is proven by the next block.',
        }
      : { kind: 'verified', at: { height: header.height, hash, appHash: header.appHash } }
  return (
    <section aria-labelledby="signatures">
      <h2 id="signatures">
        Signatures <Mark trust={trust} />
      </h2>
      <p class="quiet">
        Round {commit.round}: rounds are counted from 0, more of them mean that validators had to try again.
      </p>
      <Table
        caption={`Signatures on block ${header.height}`}
        columns={columns}
        rows={rows}
        keyOf={({ index }) => String(index)}
      />
    </section>
  )
}
