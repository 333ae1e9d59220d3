import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { EpochRecordSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { expect, it } from 'vitest'
import { moneyRows } from './moneyRows.ts'

const record = (parts: MessageInitShape<typeof EpochRecordSchema>) => create(EpochRecordSchema, parts)
const paid = (amount: string) => ({ address: 'a', role: 'inferer', amount })
const whole = record({
  ...{ pot: '1000', unpaid: '0', payouts: [paid('300'), paid('200')] },
  fees: { earmarked: '100', burned: '25', validators: '15', returned: '5', payouts: [paid('55')] },
  subsidy: {
    ...{ validators: '100', bootstrap: '250', returned: '150', heldBefore: '70', held: '20' },
    ...{ releasedValidators: '100', burned: '0', payouts: [paid('200')] },
  },
})

it('PW-1 PW-2 says of each source where it went, to the last uallo', () => {
  const rows = moneyRows(whole)
  const [all, parts] = [rows.at(-1), rows.slice(0, -1)]
  expect(all).toEqual({ to: 'in all', fees: 100n, pot: 1000n, bootstrap: 320n })
  for (const source of ['fees', 'pot', 'bootstrap'] as const) {
    expect(parts.reduce((sum, row) => sum + (row[source] ?? 0n), 0n)).toBe(all?.[source])
  }
  expect(parts.find(({ to }) => to === 'burned')).toEqual({ to: 'burned', fees: 25n, pot: undefined, bootstrap: 0n })
})

it('of an epoch without fees and subsidies has what its pot paid and did not pay', () => {
  const rows = moneyRows(record({ pot: '10', unpaid: '3', payouts: [paid('7')] }))
  expect(rows.filter(({ pot }) => pot !== undefined)).toEqual([
    { to: 'contributors', fees: undefined, pot: 7n, bootstrap: undefined },
    { to: 'back to where it came from', fees: undefined, pot: 3n, bootstrap: undefined },
    { to: 'in all', fees: undefined, pot: 10n, bootstrap: undefined },
  ])
})
