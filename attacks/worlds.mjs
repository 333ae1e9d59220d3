import { makeRandom, normal } from './random.mjs'

export const HONEST = 20

/** Error of worker i: 0.4 … 2.0 in equal steps. */
const errorOf = (i) => 0.4 + (1.6 * i) / (HONEST - 1)

/** Truths and, by epoch, what each of twenty honest workers predicts: truth + a common error (0.3 unless said otherwise) + its own error. */
function draw(seed, epochs, { truthOf, errorAt, commonError = 0.3 }) {
  const random = makeRandom(seed)
  const truths = []
  const values = []
  const easy = []
  for (let t = 0; t < epochs; t += 1) {
    const truth = truthOf(random, truths[t - 1] ?? 0)
    const isEasy = random() < 0.5
    const common = commonError * normal(random)
    truths.push(truth)
    easy.push(isEasy)
    values.push(Array.from({ length: HONEST }, (_, i) => truth + common + errorAt(i, t, isEasy) * normal(random)))
  }
  return { truths, values, easy }
}

/** The worlds of adversaries §2.1 and two of their kin; each makes its epochs from a seed and their number. */
export const worlds = {
  /** Truths without memory. */
  W1: (seed, epochs) => draw(seed, epochs, { truthOf: normal, errorAt: errorOf }),
  /** A random walk; half way the best workers become the worst. */
  W1b: (seed, epochs) =>
    draw(seed, epochs, {
      truthOf: (random, last) => last + normal(random),
      errorAt: (i, t) => errorOf(t < epochs / 2 ? i : HONEST - 1 - i),
    }),
  /** Half of the epochs are easy and known to be before they are answered: half the error there, twice elsewhere. */
  easyAndHard: (seed, epochs) =>
    draw(seed, epochs, { truthOf: normal, errorAt: (i, _, isEasy) => errorOf(i) * (isEasy ? 0.5 : 2) }),
  /** Equal workers whose errors, of 0.8 in all, are correlated by 0.5. */
  correlated: (seed, epochs) =>
    draw(seed, epochs, {
      truthOf: normal,
      errorAt: () => 0.8 * Math.SQRT1_2,
      commonError: 0.8 * Math.SQRT1_2,
    }),
}
