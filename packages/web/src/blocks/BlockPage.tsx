import { toHex } from '@starling/protocol/bytes/hex'
import { timeMs } from '@starling/sdk/proof/createLightClient'
import type { JSX } from 'preact'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { EventTable } from '../parts/EventTable.tsx'
import { type Fact, Facts } from '../parts/Facts.tsx'
import { Failure } from '../parts/Failure.tsx'
import { Mark } from '../parts/Mark.tsx'
import { TimeText } from '../parts/TimeText.tsx'
import { formatWhole } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import { TxTable } from '../transactions/TxTable.tsx'
import { type BlockHere, readBlockHere } from './readBlockHere.ts'
import { SignatureTable } from './SignatureTable.tsx'

/** One block: its header, who signed it, what stands in it and what it did. */
export function BlockPage({ height }: { readonly height: bigint }): JSX.Element {
  const { chain, state } = useLive()
  const newest = state?.at.height
  const isMade = newest !== undefined && height >= 1n && height <= newest
  // Until there is a header after it, a block is asked for anew with each block.
  const tick = isMade ? newest > height : newest
  const { value, error } = useAsked(`block ${height}`, tick, async () =>
    state === undefined || !isMade ? undefined : readBlockHere(chain, state, height),
  )
  return (
    <>
      <h1>Block {formatWhole(height)}</h1>
      <nav class="choices" aria-label="Blocks beside this one">
        {height > 1n ? <a href={`#/block/${height - 1n}`}>Block {formatWhole(height - 1n)}</a> : null}
        {isMade && height < newest ? <a href={`#/block/${height + 1n}`}>Block {formatWhole(height + 1n)}</a> : null}
        <a href="#/blocks">All blocks</a>
      </nav>
      {error === undefined ? null : <Failure error={error} />}
      {value === undefined ? (
        error === undefined ? (
          <Waiting height={height} newest={newest} />
        ) : null
      ) : (
        <Content block={value} />
      )}
    </>
  )
}

function Waiting({ height, newest }: { readonly height: bigint; readonly newest: bigint | undefined }): JSX.Element {
  if (height < 1n) return <p>Blocks are counted from 1.</p>
  if (newest === undefined || height <= newest) return <p class="quiet">Asking for the block…</p>
  const what = `This block has not been made, or not been proven yet: the newest proven one is ${formatWhole(newest)}.`
  return <p>{what} It is shown as soon as there is one.</p>
}

function Content({ block }: { readonly block: BlockHere }): JSX.Element {
  const { header, hash, txs, areOutcomesProven, events } = block
  const { height, appHash } = header
  return (
    <>
      <section aria-labelledby="header">
        <h2 id="header">
          Header <Mark trust={{ kind: 'signed', height, hash }} />
        </h2>
        <Facts facts={headerFacts(block)} />
      </section>
      <SignatureTable block={block} />
      <section aria-labelledby="txs">
        <h2 id="txs">
          Transactions <Mark trust={{ kind: 'verified', at: { height, hash, appHash } }} />
        </h2>
        {txs.length === 0 ? (
          <p class="quiet">None: the header names the hash of an empty list.</p>
        ) : (
          <TxTable caption={`Transactions of block ${height}`} txs={txs} areOutcomesProven={areOutcomesProven} />
        )}
      </section>
      <EventTable caption={`Events of block ${height}, beside those of its transactions`} events={events} />
    </>
  )
}

function headerFacts({ header, hash }: BlockHere): readonly Fact[] {
  const { lastBlockId, version } = header
  const hex = (bytes: Uint8Array): JSX.Element => <span class="hash">{toHex(bytes)}</span>
  return [
    { name: 'hash', value: hex(hash) },
    { name: 'chain', value: plainText(header.chainId, 60) },
    { name: 'time', value: <TimeText ms={Number(timeMs(header.time))} /> },
    { name: 'proposer', value: hex(header.proposerAddress), meaning: 'the validator that made it' },
    {
      name: 'block before',
      value:
        header.height > 1n ? (
          <a href={`#/block/${header.height - 1n}`}>{hex(lastBlockId.hash)}</a>
        ) : (
          'none: it is the first'
        ),
    },
    { name: 'state', value: hex(header.appHash), meaning: 'root of all that the chain knew before this block' },
    { name: 'transactions', value: hex(header.dataHash), meaning: 'root of its transactions' },
    { name: 'results', value: hex(header.lastResultsHash), meaning: 'what the transactions of the block before did' },
    { name: 'signatures', value: hex(header.lastCommitHash), meaning: 'the signatures on the block before' },
    { name: 'validators', value: hex(header.validatorsHash), meaning: 'who may sign this block' },
    { name: 'next validators', value: hex(header.nextValidatorsHash), meaning: 'who may sign the next one' },
    { name: 'consensus rules', value: hex(header.consensusHash), meaning: 'how large a block may be' },
    { name: 'evidence', value: hex(header.evidenceHash), meaning: 'proofs that a validator signed two blocks' },
    { name: 'versions', value: `block ${version.block}, application ${version.app}` },
  ]
}
