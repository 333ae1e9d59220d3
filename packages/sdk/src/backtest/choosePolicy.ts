import { lossMethods } from '@starling/protocol/scoring/losses/lossMethods'
import { outputKindOf } from '@starling/protocol/scoring/losses/outputKindOf'
import type { LossMethod, TopicPolicy } from '@starling/protocol/scoring/types'
import { StarlingError } from '../starlingError.ts'
import type { Panel, PanelKind } from './panel.ts'

/** A loss by name, with the parameter of those that have one. */
export type LossChoice = { readonly loss: LossMethod; readonly lossParameter?: number }

const DEFAULT_LOSS: Readonly<Record<PanelKind, LossMethod>> = {
  number: 'squared',
  labels: 'cross-entropy',
  quantiles: 'pinball',
}

/**
 * Reads `squared`, `huber:1.5`, `quantile:0.9` and so on. Throws a `StarlingError` (`bad-input`) that lists what there is.
 *
 * @example
 * parseLoss('quantile:0.9') // { loss: 'quantile', lossParameter: 0.9 }
 */
export function parseLoss(text: string): LossChoice {
  const [wanted = '', parameter] = text.split(':')
  const loss = lossMethods.find((one) => one === wanted)
  if (loss === undefined) throw refuse(`there is no loss "${wanted}". There are ${lossMethods.join(', ')}.`)
  const takesOne = loss === 'huber' || loss === 'quantile'
  if (parameter === undefined) {
    if (takesOne) throw refuse(`${loss} needs its parameter: ${loss === 'huber' ? 'huber:1' : 'quantile:0.9'}.`)
    return { loss }
  }
  const number = Number(parameter)
  if (!takesOne || !(number > 0) || !(loss === 'huber' ? Number.isFinite(number) : number < 1)) {
    throw refuse(`"${text}": only huber takes a number above 0, and quantile one between 0 and 1.`)
  }
  return { loss, lossParameter: number }
}

/** Which form of table a loss needs, where it needs a certain one. */
export function kindOfLoss({ loss }: LossChoice): PanelKind | undefined {
  if (loss === 'cross-entropy') return 'labels'
  if (loss === 'crps' || loss === 'pinball') return 'quantiles'
  return undefined
}

/**
 * The policy of a topic that asks what the panel answers. Without a choice numbers have the squared loss, labels the
 * cross-entropy, quantiles the pinball loss. Throws a `StarlingError` where loss and panel do not fit.
 */
export function choosePolicy(panel: Pick<Panel, 'kind' | 'outputs'>, choice?: LossChoice): TopicPolicy {
  const chosen = choice ?? { loss: DEFAULT_LOSS[panel.kind] }
  const labels = panel.kind === 'labels' ? panel.outputs : []
  const kind = outputKindOf({ loss: chosen.loss, labels })
  const asked = kind === 'probability' ? 'number' : kind
  const isLabelLoss = chosen.loss === 'cross-entropy' || chosen.loss === 'brier'
  if (asked !== panel.kind || (panel.kind === 'labels' && !isLabelLoss)) {
    throw refuse(`the table holds ${panel.kind}, which the loss ${chosen.loss} does not score. ${hintOf(panel.kind)}`)
  }
  return {
    truth: 'attested',
    submissions: 'sealed',
    ...chosen,
    domain: kind === 'probability' || kind === 'labels' ? [0, 1] : [-Number.MAX_VALUE, Number.MAX_VALUE],
    labels,
    levels: panel.kind === 'quantiles' ? panel.outputs.map(Number) : [],
    pay: 'contribution',
    synthesis: 'tower',
    intervals: 'conformal',
    memory: 100,
    tolerance: 1,
    minReputers: 1,
    minStake: 1n,
    unit: '',
    horizon: '',
    resolution: '',
  }
}

function hintOf(kind: PanelKind): string {
  if (kind === 'labels') return 'For labels there are cross-entropy and brier.'
  if (kind === 'quantiles') return 'For quantiles there are pinball and crps.'
  return 'Labels and quantiles need the long form: a column output, and one row per label or level.'
}

function refuse(sentence: string): StarlingError {
  return new StarlingError('bad-input', `--loss: ${sentence}`)
}
