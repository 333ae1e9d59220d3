import { writeFileSync } from 'node:fs'
import { settleJsonSchema } from '../dist/settle/settleJsonSchema.js'

// node packages/cli/scripts/writeSettleSchema.mjs, after a build and before "npx biome check --write docs".
const target = new URL('../../../docs/settle.schema.json', import.meta.url)
writeFileSync(target, `${JSON.stringify(settleJsonSchema(), null, 2)}\n`)
