import { addressOfPublicKey } from '@starling/protocol/crypto/address'
import type { Tx } from '@starling/protocol/tx/decodeTx'
import type { BlockTx } from '@starling/sdk/blocks/readBlock'
import { timeMs } from '@starling/sdk/proof/createLightClient'
import type { Snapshot } from '@starling/sdk/proof/snapshot'
import { StarlingError } from '@starling/sdk/starlingError'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { type BlockHere, readBlockHere } from '../blocks/readBlockHere.ts'
import type { Chain } from '../chain/openChain.ts'
import { useLive } from '../chain/openChain.ts'
import { useAsked } from '../chain/useAsked.ts'
import { ChainText } from '../parts/ChainText.tsx'
import { EventTable } from '../parts/EventTable.tsx'
import { type Fact, Facts } from '../parts/Facts.tsx'
import { Failure } from '../parts/Failure.tsx'
import { Mark } from '../parts/Mark.tsx'
import { TimeText } from '../parts/TimeText.tsx'
import { formatExactCoins } from '../text/formatCoins.ts'
import { formatWhole } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import { messageName, readTxHere } from './readTxHere.ts'
import { notYet, outcomeText } from './TxTable.tsx'
import { toFields } from './toFields.ts'

type Found = { readonly block: BlockHere; readonly index: number; readonly tx: BlockTx }

/** One transaction: what it asked for, what it cost, and what it did. */
export function TransactionPage({ hash }: { readonly hash: string }): JSX.Element {
  const { chain, state } = useLive()
  // What is proven whole never changes.
  const whole = useRef<Found | undefined>(undefined)
  const { value, error } = useAsked(`tx ${hash}`, state?.at.height, async () => {
    if (state === undefined) return undefined
    const found = whole.current ?? (await find(chain, state, hash))
    if (found?.block.areOutcomesProven === true) whole.current = found
    return { found }
  })
  return (
    <>
      <h1>Transaction</h1>
      <p class="hash">{plainText(hash, 80)}</p>
      {error === undefined ? null : <Failure error={error} />}
      {value === undefined && error === undefined ? <p class="quiet">Asking for the transaction…</p> : null}
      {value !== undefined && value.found === undefined ? (
        <p>
          No block of this chain has such a transaction, says the node. If it was just sent, it is shown here once it
          stands in a block.
        </p>
      ) : null}
      {value?.found === undefined ? null : <Content found={value.found} />}
    </>
  )
}

/** Finds a transaction: the node says where it stands, the block proves it. */
async function find(chain: Chain, state: Snapshot, hash: string): Promise<Found | undefined> {
  const landed = await chain.client.tx(hash)
  if (landed === undefined || landed.height > state.at.height) return undefined
  const block = await readBlockHere(chain, state, landed.height)
  const index = block.txs.findIndex((one) => one.hash === hash.toUpperCase())
  const tx = block.txs[index]
  if (tx !== undefined) return { block, index, tx }
  throw new StarlingError(
    'refuted',
    `The node says that it stands in block ${landed.height}, which has no such transaction.`,
  )
}

function Content({ found }: { readonly found: Found }): JSX.Element {
  const { block, index, tx } = found
  const { header, hash } = block
  const { tx: read, fault } = readTxHere(tx.bytes)
  const at = { height: header.height, hash, appHash: header.appHash }
  return (
    <>
      <section aria-labelledby="outcome">
        <h2 id="outcome">
          Outcome <Mark trust={block.areOutcomesProven ? { kind: 'verified', at } : notYet} />
        </h2>
        <Facts facts={outcomeFacts(found)} />
      </section>
      <section aria-labelledby="asked">
        <h2 id="asked">
          What it asks for <Mark trust={{ kind: 'verified', at }} />
        </h2>
        {read === undefined ? (
          <p>This page cannot read it: {plainText(fault ?? '', 300)}</p>
        ) : (
          <>
            <Facts facts={ownFacts(read)} />
            <ol class="messages">
              {read.messages.map((message, i) => (
                <li key={i} class="card">
                  <h3>{messageName(message.typeUrl)}</h3>
                  <p class="quiet hash">{message.typeUrl}</p>
                  <Facts
                    facts={toFields(message).map(({ path, value }) => ({
                      name: plainText(path, 120),
                      value: fieldText(path, value),
                    }))}
                  />
                </li>
              ))}
            </ol>
          </>
        )}
      </section>
      <EventTable caption={`Events of transaction ${index + 1} of block ${header.height}`} events={tx.outcome.events} />
    </>
  )
}

function outcomeFacts({ block: { header }, index, tx: { outcome } }: Found): readonly Fact[] {
  const { log, gasUsed, gasWanted } = outcome
  return [
    { name: 'result', value: <span class={outcome.code === 0 ? '' : 'wrong'}>{outcomeText(outcome)}</span> },
    ...(log === ''
      ? []
      : [{ name: 'the node says', value: plainText(log, 600), meaning: 'no header commits to this sentence' }]),
    {
      name: 'block',
      value: (
        <>
          <a href={`#/block/${header.height}`}>{formatWhole(header.height)}</a>, number {index + 1} in it,{' '}
          <TimeText ms={Number(timeMs(header.time))} />
        </>
      ),
    },
    { name: 'gas', value: `${formatWhole(gasUsed)} used of ${formatWhole(gasWanted)}` },
  ]
}

function ownFacts({ fee, memo, signers, timeoutHeight }: Tx): readonly Fact[] {
  const senders = signers.map(({ publicKey, sequence }) => {
    const address = addressOfPublicKey(publicKey)
    return (
      <div key={address}>
        <a class="hash" href={`#/account/${address}`}>
          {address}
        </a>
        , its transaction number {formatWhole(sequence)}
      </div>
    )
  })
  return [
    { name: 'signed by', value: senders },
    {
      name: 'fee',
      value:
        fee.denom === 'uallo' ? formatExactCoins(fee.amount) : `${formatWhole(fee.amount)} ${plainText(fee.denom, 40)}`,
    },
    { name: 'gas limit', value: formatWhole(fee.gasLimit) },
    ...(memo === '' ? [] : [{ name: 'memo', value: plainText(memo) }]),
    ...(timeoutHeight === 0n ? [] : [{ name: 'void after block', value: formatWhole(timeoutHeight) }]),
  ]
}

/** Amounts of coins are also shown as people count them. */
function fieldText(path: string, value: string): JSX.Element {
  if (/(^|\.)amount$/.test(path) && /^[0-9]{1,40}$/.test(value)) {
    return <>{formatExactCoins(BigInt(value))}</>
  }
  if (/(^|\.)topic_id$/.test(path)) return <a href={`#/topic/${value}`}>{value}</a>
  return <ChainText text={value} />
}
