import { defineErrors, type ErrorFactory } from '../../errors.ts'

type BankErrors = {
  SEND_DISABLED: { denom: string }
  BLOCKED_RECIPIENT: { address: string }
}

/** What the bank refuses. Numbers are never reused. */
export const bankError: ErrorFactory<BankErrors> = defineErrors<BankErrors>('bank', {
  SEND_DISABLED: { number: 5, message: ({ denom }) => `this chain has one coin, uallo; got "${denom}"` },
  BLOCKED_RECIPIENT: {
    number: 8,
    message: ({ address }) => `${address} is a module account and takes no transfers from users`,
  },
})
