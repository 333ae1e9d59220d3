// Milliseconds of settleEpoch by numbers of inferers and forecasters. Prints figures, asserts only that epochs settle.
import { defaultScoringParams } from '@starling/protocol/scoring/defaultScoringParams'
import { emptyScoringState } from '@starling/protocol/scoring/emptyScoringState'
import { settleEpoch } from '@starling/protocol/scoring/settleEpoch'
import { numberPolicy } from '@starling/protocol/scoring/testing/numberPolicy'

const topic = { id: 1, policy: numberPolicy, params: defaultScoringParams }

/** Numbers in [0, 1) from a fixed seed. */
function makeRandom() {
  let state = 12345
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
}

function makeEpoch(nonce, inferers, forecasters, random) {
  const names = Array.from({ length: inferers }, (_, i) => `i${String(i).padStart(4, '0')}`)
  const truth = random() * 10
  return {
    topic,
    nonce,
    inferences: names.map((worker, i) => ({ worker, values: [truth + (random() - 0.5) * (1 + (i % 7))] })),
    forecasts: Array.from({ length: forecasters }, (_, i) => ({
      forecaster: `f${String(i).padStart(4, '0')}`,
      elements: names.slice(0, 12).map((inferer) => ({ inferer, value: random() - 1 })),
    })),
    reputers: ['r1', 'r2', 'r3'].map((address) => ({ address, stake: 1000n, value: truth })),
    reward: 10n ** 18n,
  }
}

function measure(inferers, forecasters, epochs) {
  const random = makeRandom()
  let state = emptyScoringState()
  const times = []
  for (let nonce = 1; nonce <= epochs; nonce += 1) {
    const input = { ...makeEpoch(nonce, inferers, forecasters, random), prior: state, priorUpdate: state }
    const started = performance.now()
    const outcome = settleEpoch(input)
    times.push(performance.now() - started)
    if (outcome.status !== 'settled') throw new Error(outcome.reason)
    state = outcome.state
  }
  return times.slice(Math.floor(epochs / 5)).sort((a, b) => a - b)
}

console.log('settleEpoch, median and 95 % of the later epochs')
for (const [inferers, forecasters, epochs] of [
  [8, 2, 200],
  [32, 6, 100],
  [32, 32, 40],
  [512, 128, 3],
]) {
  const times = measure(inferers, forecasters, epochs)
  const [median, high] = [0.5, 0.95].map((q) => times[Math.floor(q * (times.length - 1))].toFixed(2))
  console.log(`  ${inferers} inferers, ${forecasters} forecasters: ${median} ms, ${high} ms`)
}
