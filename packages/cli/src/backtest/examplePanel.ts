import { computeLoss } from '@starling/protocol/scoring/losses/computeLoss'
import { example } from '@starling/sdk/backtest/example'
import { createFeed } from '@starling/services/feed/createFeed'
import { readSp500 } from '@starling/services/feed/readSp500'
import { builtInForecasters } from '@starling/services/models/builtInForecasters'
import { builtInModels } from '@starling/services/models/builtInModels'
import type { ModelInput } from '@starling/services/models/types'

const EPOCHS = 250
const TOPIC = 'volatility'
const FORECASTERS = builtInForecasters.slice(0, 2)
/** How many losses a forecaster is shown, as on the chain. */
const SHOWN_LOSSES = 256

/**
 * The table of a topic as CSV text, made on the spot: 250 trading days of the packaged S&P 500 data, what each built-in
 * model says the evening before about the next day's range volatility, and what forecasters expect each model to lose.
 */
export async function* examplePanel(show: (what: string, done: number, total: number) => void): AsyncGenerator<string> {
  const feed = createFeed(readSp500())
  const template = feed.topics.find(({ name }) => name === TOPIC)
  if (template === undefined) throw new RangeError(`no topic ${TOPIC}`)
  const models = builtInModels[TOPIC]
  const losses = models.map((): (number | null)[] => [])
  const truths: { nonce: number; value: number }[] = []
  const names = models.map(({ name }) => name)
  const beliefs = FORECASTERS.flatMap((forecaster) => names.map((name) => `${name}@${forecaster.name}`))
  yield `${['epoch', 'time', 'truth', ...names, ...beliefs].join(',')}\n`
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    const truth = feed.truthFor(TOPIC, epoch)
    const value = Number(truth.value)
    const input: ModelInput = {
      topic: { id: 1, ...template },
      nonce: epoch,
      deadlineHeight: 0,
      truths: truths.slice(-SHOWN_LOSSES),
      data: feed.dataFor(TOPIC, epoch),
    }
    const answers = models.map(({ predict }) => numberOf(predict(input)))
    const workers = names.map((address, i) => ({ address, losses: losses[i]?.slice(-SHOWN_LOSSES) ?? [] }))
    const forecasts = FORECASTERS.flatMap(({ forecast }) => {
      const byModel = epoch === 0 ? {} : forecast({ ...input, workers })
      return names.map((name) => byModel[name] ?? null)
    })
    yield `${[epoch, truth.date, value, ...answers, ...forecasts].map((cell) => cell ?? '').join(',')}\n`
    truths.push({ nonce: epoch, value })
    for (const [i, answer] of answers.entries()) {
      losses[i]?.push(answer === null ? null : computeLoss({ loss: example.loss, levels: [] }, [answer], value))
    }
    show('days of the example', epoch + 1, EPOCHS)
  }
}

function numberOf(output: ReturnType<(typeof builtInModels)['volatility'][number]['predict']>): number | null {
  if (output === null || typeof output === 'number') return output
  return 'value' in output ? output.value : null
}
