import { defaultScoringParams } from '@starling/protocol/scoring/defaultScoringParams'
import { emptyScoringState } from '@starling/protocol/scoring/emptyScoringState'
import { settleEpoch } from '@starling/protocol/scoring/settleEpoch'
import { numberPolicy } from '@starling/protocol/scoring/testing/numberPolicy'

const plain = { ...numberPolicy, domain: [-1e9, 1e9] }
const verified = { ...plain, submissions: 'sealed', pay: 'contribution', synthesis: 'tower', intervals: 'conformal' }
const policies = { contribution: verified, reference: plain }
/** One unit, in uallo: shares of it are exact to the 18th digit. */
const POT = 10n ** 18n
const nobody = { inferers: [], forecasters: [] }

/**
 * A topic that asks for a number, settled epoch after epoch by `settleEpoch` with everything that it carries: a verified
 * one with tower synthesis, contribution pay and calibrated intervals (SPEC VT-6, VT-7, VT-10), or one of the reference's
 * rules. `settle` takes what the chain would hand it: what was revealed, who committed and did not reveal, and the truth
 * that the reputers agreed on.
 */
export function makeSettledPay(rule) {
  const topic = { id: 1, policy: policies[rule], params: defaultScoringParams }
  let state = emptyScoringState()
  let nonce = 0
  let lastAnswer = null
  const outcomeOf = ({ inferences, forecasts = [], missed = nobody, truth }) =>
    settleEpoch({
      topic,
      nonce: nonce + 1,
      prior: state,
      priorUpdate: state,
      inferences,
      forecasts,
      reputers: [{ address: 'r0', stake: 1n, value: truth }],
      reward: POT,
      lastAnswer,
      missed,
    })
  return {
    /** What would become of an epoch; nothing is carried on. */
    outcomeOf,
    settle(epoch) {
      const outcome = outcomeOf(epoch)
      state = outcome.state
      nonce += 1
      lastAnswer = outcome.answer?.values ?? lastAnswer
      return outcome
    },
  }
}
