import type { AbciEvent } from './application.ts'

/** An untyped event as the Cosmos SDK's bank and ante emit it: raw text values, all indexed. SPEC wire 5 */
export function legacyEvent(type: string, attributes: Readonly<Record<string, string>>): AbciEvent {
  return {
    type,
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value, index: true })),
  }
}
