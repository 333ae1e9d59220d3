import { at, integerAt, listAt, textAt } from '../http/json.ts'
import type { ChainEvent, LandedTx } from '../types.ts'

/** Events of JSON: attribute values as plain text; of equal keys the last one counts. SPEC wire 5 */
export function readEvents(events: readonly unknown[]): readonly ChainEvent[] {
  return events.map((event) => ({
    type: textAt(event, 'type'),
    attributes: Object.fromEntries(
      listAt(event, 'attributes').map((attribute) => {
        const value = at(attribute, 'value')
        return [textAt(attribute, 'key'), typeof value === 'string' ? value : '']
      }),
    ),
  }))
}

/** The transaction inside a REST answer (`tx_response`). */
export function readTxResponse(json: unknown): LandedTx {
  const response = at(json, 'tx_response')
  return {
    hash: textAt(response, 'txhash').toUpperCase(),
    height: integerAt(response, ['height']),
    log: optionalText(response, 'raw_log'),
    ...readOutcome(response),
  }
}

/** Which transaction a `Tx` event frame of a subscription is about. */
export function readTxHash(result: unknown): string {
  return textAt(result, 'events', 'tx.hash', '0').toUpperCase()
}

/** The transaction inside a `Tx` event frame of a subscription. */
export function readTxEvent(result: unknown): LandedTx {
  const tx = at(result, 'data', 'value', 'TxResult')
  return {
    hash: readTxHash(result),
    height: integerAt(tx, ['height']),
    log: optionalText(at(tx, 'result'), 'log'),
    ...readOutcome(at(tx, 'result')),
  }
}

function readOutcome(result: unknown): Pick<LandedTx, 'code' | 'codespace' | 'gasUsed' | 'events'> {
  return {
    code: Number(integerAt(result, ['code'], 0n)),
    codespace: optionalText(result, 'codespace'),
    gasUsed: integerAt(result, ['gas_used'], 0n),
    events: readEvents(listAt(result, 'events')),
  }
}

/** CometBFT leaves out what is empty. */
function optionalText(json: unknown, key: string): string {
  const value = at(json, key)
  return typeof value === 'string' ? value : ''
}
