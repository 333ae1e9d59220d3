import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { runWith } from '../testing/testIo.ts'
import { outputSchema } from './outputSchema.ts'
import { settleJsonSchema } from './settleJsonSchema.ts'
import { epoch, labelPolicy } from './testing/epoch.ts'

it('docs/settle.schema.json is the schema of the code (packages/cli/scripts/writeSettleSchema.mjs writes it)', () => {
  const written: unknown = JSON.parse(
    readFileSync(new URL('../../../../docs/settle.schema.json', import.meta.url), 'utf8'),
  )
  expect(written).toEqual(JSON.parse(JSON.stringify(settleJsonSchema())))
})

const labelled = {
  ...epoch,
  topic: { id: 3, policy: labelPolicy },
  inferences: [{ worker: 'w1', values: { down: 0.25, flat: 0.25, up: 0.5 } }],
  reputers: [{ address: 'r1', stake: '60', value: 'up' }],
}

it.each<[string, unknown]>([
  ['a settled epoch', epoch],
  ['a topic with labels', labelled],
  ['a void epoch', { ...epoch, inferences: [] }],
  ['a contested epoch', { ...epoch, reputers: [] }],
])('the schema knows every field of the output of %s', async (_, document) => {
  const { stdout } = await runWith(['settle', '--input', '-', '--json'], { stdin: JSON.stringify(document) })
  const output: unknown = JSON.parse(stdout)
  expect(outputSchema.parse(output)).toEqual(output)
})
