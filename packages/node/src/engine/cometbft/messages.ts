import type { Event, ExecTxResult } from 'cosmjs-types/tendermint/abci/types'
import type { AbciEvent, TxResult } from '../../app/application.ts'

/** Events in the shape of ABCI. */
export function toAbciEvents(events: readonly AbciEvent[]): Event[] {
  return events.map(({ type, attributes }) => ({ type, attributes: attributes.map((attribute) => ({ ...attribute })) }))
}

/** A transaction's result in the shape of ABCI: that of a block and that of CheckTx are alike. */
export function toTxResult({ code, codespace, log, data, gasWanted, gasUsed, events }: TxResult): ExecTxResult {
  return { code, codespace, log, data, gasWanted, gasUsed, events: toAbciEvents(events), info: '' }
}

/** A protobuf timestamp in milliseconds since 1970. */
export function toMilliseconds({ seconds, nanos }: { readonly seconds: bigint; readonly nanos: number }): bigint {
  return seconds * 1000n + BigInt(Math.floor(nanos / 1_000_000))
}
