import { defineErrors, type ErrorFactory } from '../../errors.ts'

type MintErrors = {
  NEGATIVE_TARGET_EMISSION: { emission: string }
  INVALID_PREVIOUS_REWARD: { got: string }
  INVALID_ECOSYSTEM_TOKENS_MINTED: { got: string }
  ZERO_DENOMINATOR: { what: string }
  NEGATIVE_CIRCULATING_SUPPLY: { supply: bigint }
  NOT_FOUND: { what: string }
  UNAUTHORIZED: { address: string }
}

/** What the mint module refuses, by the reference's numbers. Numbers are never reused. SPEC lifecycle 2.10 */
export const mintError: ErrorFactory<MintErrors> = defineErrors<MintErrors>('mint', {
  NEGATIVE_TARGET_EMISSION: {
    number: 2,
    message: ({ emission }) => `target emission must be 0 or above, got ${emission}: negative target emission`,
  },
  INVALID_PREVIOUS_REWARD: {
    number: 3,
    message: ({ got }) => `the previous emission per staked token must be 0 or above, got "${got}"`,
  },
  INVALID_ECOSYSTEM_TOKENS_MINTED: {
    number: 4,
    message: ({ got }) => `the ecosystem tokens minted must be a whole number of uallo, 0 or above, got "${got}"`,
  },
  ZERO_DENOMINATOR: {
    number: 5,
    message: ({ what }) => `the emission has no value while ${what} is 0; try again once it is not: zero denominator`,
  },
  NEGATIVE_CIRCULATING_SUPPLY: {
    number: 6,
    message: ({ supply }) =>
      `locked coins exceed the maximum supply, the circulating supply would be ${supply}uallo: negative circulating supply`,
  },
  NOT_FOUND: { number: 7, message: ({ what }) => `${what} does not exist: not found` },
  UNAUTHORIZED: {
    number: 8,
    message: ({ address }) => `${address} may not change the emission; an admin must send this: unauthorized`,
  },
})
