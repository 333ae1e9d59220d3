import { verdictOf } from './verdictOf.ts'

// The entry of the bundle for a page, which calls this by name.
Object.assign(globalThis, { verdictOf })
