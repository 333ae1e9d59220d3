import { legacyDecFields } from '@starling/protocol/modules/mint/legacyDecFields'

/** Fields whose JSON is not what their protobuf type alone says. SPEC wire 2 */
export type SpecialField = 'text' | 'legacyDec'

const legacyDecs: ReadonlySet<string> = new Set([...legacyDecFields, 'cosmos.base.v1beta1.DecCoin.amount'])

/** Bytes in the schema of the events that we generate from, but text on the chain. */
const texts: ReadonlySet<string> = new Set(['key', 'value'].map((name) => `tendermint.abci.EventAttribute.${name}`))

/** How a field is special; undefined for most. `name` is the one of the schema. */
export function specialField(typeName: string, name: string): SpecialField | undefined {
  const field = `${typeName}.${name}`
  if (texts.has(field)) return 'text'
  return legacyDecs.has(field) ? 'legacyDec' : undefined
}
