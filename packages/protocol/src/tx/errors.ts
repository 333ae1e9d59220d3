import { defineErrors, type ErrorFactory } from '../errors.ts'

type TxErrors = {
  UNKNOWN_MESSAGE: { typeUrl: string }
  INVALID_TX: { reason: string }
  UNAUTHORIZED: { accountNumber: bigint; sequence: bigint; chainId: string }
  INSUFFICIENT_FUNDS: { balance: bigint; needed: bigint }
  INVALID_ADDRESS: { field: string; value: string }
  INVALID_PUBKEY: { reason: string }
  UNKNOWN_ACCOUNT: { address: string }
  INSUFFICIENT_FEE: { got: string; required: string }
  OUT_OF_GAS: { wanted: bigint; used: bigint }
  MEMO_TOO_LARGE: { length: number; limit: number }
  TOO_MANY_SIGNATURES: { count: number; limit: number }
  INVALID_REQUEST: { reason: string }
  TX_TOO_LARGE: { size: number; limit: number }
  TIMEOUT_HEIGHT: { timeout: bigint; height: bigint }
  WRONG_SEQUENCE: { expected: bigint; got: bigint }
}

/** What every transaction is refused for before a module sees it. Codespace and numbers are the Cosmos SDK's. */
export const txError: ErrorFactory<TxErrors> = defineErrors<TxErrors>('sdk', {
  INVALID_TX: { number: 2, message: ({ reason }) => `tx parse error: ${reason}` },
  UNAUTHORIZED: {
    number: 4,
    message: ({ accountNumber, sequence, chainId }) =>
      `signature verification failed; please verify account number (${accountNumber}), sequence (${sequence}) and chain-id (${chainId}): unauthorized`,
  },
  INSUFFICIENT_FUNDS: {
    number: 5,
    message: ({ balance, needed }) =>
      `spendable balance ${balance}uallo is smaller than ${needed}uallo: insufficient funds`,
  },
  UNKNOWN_MESSAGE: { number: 6, message: ({ typeUrl }) => `unknown message type ${typeUrl}: unknown request` },
  INVALID_ADDRESS: { number: 7, message: ({ field, value }) => `${field} is not an allo… address, got "${value}"` },
  INVALID_PUBKEY: { number: 8, message: ({ reason }) => `invalid pubkey: ${reason}` },
  UNKNOWN_ACCOUNT: {
    number: 9,
    message: ({ address }) => `account ${address} does not exist; send it coins first: unknown address`,
  },
  OUT_OF_GAS: {
    number: 11,
    message: ({ wanted, used }) =>
      `the transaction uses ${used} gas, its limit is ${wanted}; raise the limit: out of gas`,
  },
  MEMO_TOO_LARGE: {
    number: 12,
    message: ({ length, limit }) => `memo has ${length} bytes, at most ${limit} are allowed: memo too large`,
  },
  INSUFFICIENT_FEE: {
    number: 13,
    message: ({ got, required }) => `insufficient fees; got: ${got} required: ${required}: insufficient fee`,
  },
  TOO_MANY_SIGNATURES: {
    number: 14,
    message: ({ count, limit }) => `tx has ${count} signatures, at most ${limit} are allowed`,
  },
  INVALID_REQUEST: { number: 18, message: ({ reason }) => `${reason}: invalid request` },
  TX_TOO_LARGE: { number: 21, message: ({ size, limit }) => `tx has ${size} bytes, at most ${limit} are allowed` },
  TIMEOUT_HEIGHT: {
    number: 30,
    message: ({ timeout, height }) => `tx timed out: timeout height ${timeout}, block height ${height}`,
  },
  WRONG_SEQUENCE: {
    number: 32,
    message: ({ expected, got }) =>
      `account sequence mismatch, expected ${expected}, got ${got}: incorrect account sequence`,
  },
})
