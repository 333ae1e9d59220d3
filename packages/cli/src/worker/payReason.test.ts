import { expect, it } from 'vitest'
import { payReason } from './payReason.ts'

const pay = { skill: 0.5, weightInPay: 0.2, share: 0.1, present: 40 }

it.each([
  [pay, undefined],
  [
    { ...pay, share: 0, skill: 0, present: 19 },
    'nothing is earned before 20 settled epochs with a prediction, it has 19',
  ],
  [
    { ...pay, share: 0, skill: 0, present: null },
    'nothing is earned before 20 settled epochs with a prediction, it has 0',
  ],
  [{ ...pay, share: 0, skill: 0 }, 'nothing is earned, as it is not reliably better than the best model-free guess'],
  [{ ...pay, share: 0, weightInPay: 0 }, 'nothing is earned, as it adds nothing to what others say'],
])('VT-6 %j earns nothing because of %s', (found, reason) => {
  expect(payReason(found)).toBe(reason)
})
