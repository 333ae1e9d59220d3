import type { AbciEvent } from './application.ts'

/** An untyped event as the Cosmos SDK's bank and ante emit it: raw text values, all indexed. SPEC wire 5 */
export function legacyEvent(type: string, attributes: Readonly<Record<string, string>>): AbciEvent {
  return {
    type,
    // determinism-allow: the names of attributes stand in the code and begin with a letter
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value, index: true })),
  }
}
