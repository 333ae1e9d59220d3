import type { MemberTally, TopicTally } from '@starling/sdk/records/topicTally'
import { formatAllo } from '../output/formatAllo.ts'
import { attackKinds } from './attack/attackKinds.ts'
import { formatCalibration, formatInterval } from './formatCalibration.ts'
import { figure } from './formatReport.ts'
import { bar, cut, formatValues, percent, type Style } from './frameParts.ts'
import type { NameOf } from './reportTypes.ts'
import type { WatchedTopic } from './watchTopics.ts'

/** A topic as the live view shows it. */
export type FrameTopic = Pick<WatchedTopic, 'id' | 'name' | 'unit' | 'tally' | 'attackers' | 'answer' | 'date'>

/** Where a topic is drawn: so many columns and lines. */
export type TopicRoom = { readonly width: number; readonly room: number; readonly style: Style }

const BAR = 12
const LABEL = 14
/** With fewer lines for members, who else there is stays unsaid. */
const FEW_MEMBERS = 4
/** A reward takes so much of a line. */
const REWARD = 16

/** A topic in at most `room` lines: answer, truth, losses, intervals, edge; its members by weight; those who attack it. */
export function formatTopicLines(
  topic: FrameTopic,
  nameOf: NameOf,
  { width, room, style }: TopicRoom,
): readonly string[] {
  const { tally, id, name, unit, date } = topic
  const title = `${id} ${name} (${unit}, ${tally.policy.loss})`
  if (tally.newest === undefined) {
    return [style('bold', cut(title, width)), cut('  waiting for the first settled epoch', width)].slice(0, room)
  }
  const head = [
    style('bold', cut(`${title}   epoch ${tally.epochs}   ${date}`, width)),
    ...formatState(topic, nameOf).map((line) => cut(`  ${line}`, width)),
  ]
  const row = createRow(tally, width, style)
  const attacks = formatAttacks(topic, row)
  const left = Math.max(0, room - head.length - attacks.length)
  return [...head, ...formatMembers(topic, nameOf, row, left), ...attacks].slice(0, room)
}

/** Answer, losses, and what is known of how sure they are. */
function formatState({ tally, answer }: FrameTopic, nameOf: NameOf): readonly string[] {
  const { epochs, loss, policy, newest } = tally
  const { labels } = policy
  const truth = newest?.truthLabel || figure(newest?.truth ?? null)
  const value = newest?.network === undefined ? '-' : formatValues(labels, newest.network.combined)
  const best = bestOf(tally)
  const per = (sum: number): string => figure(sum / epochs)
  const bestText = best === undefined ? '-' : `${figure(best.loss / best.epochs)} ${nameOf(best.address)}`
  return [
    `network ${value}${formatInterval(answer)}   truth ${truth}`,
    `mean loss  network ${per(loss.network)}  mean ${per(loss.mean)}  median ${per(loss.median)}  best ${bestText}`,
    ...formatCalibration(answer),
  ]
}

/** A line about somebody with a weight. */
type Row = (label: string, weight: number, numbers: string, colour: Parameters<Style>[0], reward?: bigint) => string

function createRow(tally: TopicTally, width: number, style: Style): Row {
  // Bars compare workers with each other: the longest is the heaviest worker.
  const heaviest = Math.max(...[...tally.workers.values()].map(({ last }) => last?.weight ?? 0))
  return (label, weight, numbers, colour, reward) => {
    const length = heaviest > 0 ? weight / heaviest : 0
    const line = `  ${label.slice(0, LABEL).padEnd(LABEL)} ${bar(length, BAR)} ${percent(weight).padStart(5)}  ${numbers}`
    const paid = reward === undefined ? '' : `  ${formatReward(reward)}`
    const whole = line.length + REWARD <= width ? line + paid : line
    return cut(whole, width).replace(/[█░]+/, (found) => style(colour, found))
  }
}

function formatMembers({ tally, attackers }: FrameTopic, nameOf: NameOf, row: Row, left: number): readonly string[] {
  const workers = [...tally.workers.values()].toSorted((a, b) => (b.last?.weight ?? -1) - (a.last?.weight ?? -1))
  const forecasters = [...tally.forecasters.values()].flatMap(({ last }) => last ?? [])
  const isLow = left < FEW_MEMBERS
  const most = isLow ? left : left - 1 - (forecasters.length > 0 ? 1 : 0)
  const hidden = workers.length - most
  const shown = workers.slice(0, most).map(({ address, last }) => {
    const name = nameOf(address)
    if (last === undefined) return `  ${name.slice(0, LABEL).padEnd(LABEL)} absent`
    return row(name, last.weight, formatNumbers(last), attackers.has(address) ? 'red' : 'cyan', last.reward)
  })
  if (isLow) return shown
  return [
    ...shown,
    ...(hidden > 0 ? [`  … ${hidden} more`] : []),
    ...(forecasters.length > 0 ? [formatForecasters(forecasters, row)] : []),
  ]
}

type Last = NonNullable<MemberTally['last']>

function formatNumbers({ loss, skill, share }: Last): string {
  const found = skill === null || share === null ? '' : `  skill ${figure(skill).padStart(9)}  ${formatShare(share)}`
  return `loss ${figure(loss).padStart(9)}${found}`
}

function formatShare(share: number): string {
  return `share ${percent(share).padStart(5)}`
}

/** The forecasters as one: their weight is what the workers' lacks to 100 %. */
function formatForecasters(present: readonly Last[], row: Row): string {
  const weight = present.reduce((sum, one) => sum + one.weight, 0)
  const reward = present.reduce((sum, one) => sum + one.reward, 0n)
  const label = `${present.length} forecaster${present.length === 1 ? '' : 's'}`
  return row(label, weight, ' '.repeat(14), 'cyan', reward)
}

/** Each way of attacking the topic as one: what all its identities together weigh, and have earned so far. */
function formatAttacks({ tally, attackers }: FrameTopic, row: Row): readonly string[] {
  return attackKinds.flatMap((kind) => {
    const own = [...tally.workers.values()].filter(({ address }) => attackers.get(address) === kind)
    if (own.length === 0) return []
    const weight = own.reduce((sum, { last }) => sum + (last?.weight ?? 0), 0)
    const reward = own.reduce((sum, one) => sum + one.reward, 0n)
    const part = tally.workerPot > 0 ? (Number(reward) / tally.workerPot) * 100 : 0
    return row(`! ${own.length} ${kind}`, weight, `earned ${part.toFixed(1)} % of the workers' pots`, 'red', reward)
  })
}

/** A reward in ALLO, always in the same places. */
function formatReward(uallo: bigint): string {
  return uallo > 0n && uallo < 10n ** 12n ? '<0.000001 ALLO' : `+${formatAllo(uallo)}`
}

/** The least mean loss among workers present in 90 % of the epochs. */
function bestOf({ workers, epochs }: TopicTally): MemberTally | undefined {
  const often = [...workers.values()].filter((worker) => worker.epochs >= 0.9 * epochs)
  return often.reduce<MemberTally | undefined>(
    (best, one) => (best === undefined || one.loss / one.epochs < best.loss / best.epochs ? one : best),
    undefined,
  )
}
