import { create, toBinary } from '@bufbuild/protobuf'
import { ProtocolError } from '@starling/protocol/errors'
import { TxMsgDataSchema } from '@starling/protocol/gen/cosmos/base/abci/v1beta1/abci_pb'
import { decodeTx, type Tx } from '@starling/protocol/tx/decodeTx'
import type { StoreSet } from '../store/multiStore.ts'
import { type Admitted, runAnte } from './ante.ts'
import type { AbciEvent, CheckResult } from './application.ts'
import type { Context } from './context.ts'
import { inFork } from './inFork.ts'
import { printable } from './printable.ts'
import { runMessage } from './runMessage.ts'

/** Where a transaction runs. */
export type TxPlace = { readonly stores: StoreSet; readonly chainId: string; readonly height: bigint }

/**
 * The one way a transaction runs, in CheckTx as in a block, on whichever layer of state it is given. What the ante
 * refuses changes nothing; a message that fails takes back all messages, but the fee is paid and the sequence moves.
 */
export function deliverTx({ stores, chainId, height }: TxPlace, bytes: Uint8Array): CheckResult {
  let tx: Tx
  try {
    tx = decodeTx(bytes)
  } catch (error) {
    return refused(error, nobody, [])
  }
  const events: AbciEvent[] = []
  const context: Context = {
    state: stores,
    chainId,
    height,
    emit: (event) => events.push(event),
  }
  let admitted: Admitted
  try {
    admitted = inFork(context, (fork) => runAnte(fork, tx, bytes.length))
  } catch (error) {
    return refused(error, { ...nobody, gasWanted: tx.fee.gasLimit }, [])
  }
  const facts = { ...admitted, gasWanted: tx.fee.gasLimit }
  try {
    const msgResponses = inFork(context, (fork) =>
      tx.messages.map((message, index) => runMessage(fork, message, index)),
    )
    const data = toBinary(TxMsgDataSchema, create(TxMsgDataSchema, { msgResponses }))
    return { ...facts, code: 0, codespace: '', log: '', data, events }
  } catch (error) {
    return refused(error, facts, events)
  }
}

type Facts = Admitted & { readonly gasWanted: bigint }

const nobody: Facts = { sender: '', sequence: 0n, gasUsed: 0n, gasWanted: 0n }

/** The result of a refusal; anything that is none is a bug and stops the node before it can fork the chain. */
function refused(error: unknown, facts: Facts, events: readonly AbciEvent[]): CheckResult {
  if (!(error instanceof ProtocolError)) throw error
  const { number, codespace, message } = error
  return { ...facts, code: number, codespace, log: printable(message), data: new Uint8Array(), events }
}
