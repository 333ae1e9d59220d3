import { defineErrors, type ErrorFactory } from '../../errors.ts'

type PaymentsErrors = {
  NO_ANSWER: { topicId: bigint }
  ANSWER_TOO_OLD: { topicId: bigint; nonce: bigint; age: bigint; maxAge: bigint }
  INVALID_REQUEST: { field: string; expected: string; got: string }
}

/** What requests for answers are refused for. Numbers are never reused. */
export const paymentsError: ErrorFactory<PaymentsErrors> = defineErrors<PaymentsErrors>('payments', {
  NO_ANSWER: {
    number: 2,
    message: ({ topicId }) => `topic ${topicId} has no answer yet, so nothing is paid; ask again once one is published`,
  },
  ANSWER_TOO_OLD: {
    number: 3,
    message: ({ topicId, nonce, age, maxAge }) =>
      `the newest answer of topic ${topicId}, nonce ${nonce}, is ${age} blocks old and max_age allows ${maxAge}, so nothing is paid; wait for the next answer, or allow more`,
  },
  INVALID_REQUEST: {
    number: 4,
    message: ({ field, expected, got }) => `${field} must be ${expected}, got "${shorten(got)}"`,
  },
})

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
