import { z } from 'zod'
import { inputSchema } from './inputSchema.ts'
import { outputSchema } from './outputSchema.ts'

/** The JSON Schema of what `settle` reads and prints, as it stands in `docs/settle.schema.json`. */
export function settleJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(z.union([inputSchema, outputSchema]), { io: 'input' })
  return { $schema, title: 'starling settle', ...schema }
}
