import { defineErrors, type ErrorFactory } from '../../errors.ts'

type TopicsErrors = {
  POLICY_FIELD: { field: string; expected: string; got: string }
  POLICY_NOT_BUILT: { field: string; got: string; built: string }
  STATE_DAMAGED: { reason: string }
}

/** What our own topic messages refuse. Numbers are never reused. */
export const topicsError: ErrorFactory<TopicsErrors> = defineErrors<TopicsErrors>('topics', {
  POLICY_FIELD: {
    number: 2,
    message: ({ field, expected, got }) => `policy.${field} must be ${expected}, got "${shorten(got)}"`,
  },
  POLICY_NOT_BUILT: {
    number: 3,
    message: ({ field, got, built }) =>
      `policy.${field} "${shorten(got)}" is not supported yet; choose ${built}, or leave it empty`,
  },
  STATE_DAMAGED: {
    number: 4,
    message: ({ reason }) => `what the topic's scoring remembers cannot be read: ${reason}`,
  },
})

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
