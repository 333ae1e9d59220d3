import { styleText } from 'node:util'
import type { MemberTally, TopicTally } from '@starling/sdk/records/topicTally'
import { formatAllo } from '../output/formatAllo.ts'
import { figure } from './formatReport.ts'

/** A topic as the live view shows it. */
export type FrameTopic = {
  readonly id: bigint
  readonly name: string
  readonly unit: string
  readonly tally: TopicTally
  /** Date that the newest settled epoch is about. */
  readonly date: string
}

/** Everything that one picture of the live view shows. */
export type Frame = {
  readonly chainId: string
  readonly seed: string
  readonly height: bigint
  readonly blocksPerSecond: number
  readonly topics: readonly FrameTopic[]
  /** With `--epochs`: how many of how many are settled, and the seconds that are left. */
  readonly progress: { readonly done: number; readonly wanted: number; readonly secondsLeft: number | null } | null
  /** The newest trouble of an actor, or an empty text. */
  readonly trouble: string
  readonly nameOf: (address: string) => string
}

/** Where a picture is drawn. */
export type Screen = { readonly columns: number; readonly rows: number; readonly colour: boolean }

type Style = (format: Parameters<typeof styleText>[0], text: string) => string

const BAR = 16
const LABEL = 14
/** Shown while nothing is wrong. */
const HINT = 'Ctrl-C ends and keeps it. To ask it: npx --no-install starling ask 1'
/** Title, progress, a blank line and the last line. */
const OTHER_LINES = 4
/** Of a topic: a blank line, its three lines, who else there is, and the forecasters. */
const TOPIC_LINES = 6
/** The same on a low screen: without the last two. */
const LOW_TOPIC_LINES = 4

/** One picture of the live view: lines no longer than the screen is wide, no more than it is high. */
export function formatFrame(frame: Frame, screen: Screen): readonly string[] {
  const style: Style = (format, text) => (screen.colour ? styleText(format, text, { validateStream: false }) : text)
  const width = Math.max(20, screen.columns - 1)
  const shown = Math.max(1, frame.topics.length)
  const room = Math.floor((screen.rows - 1 - OTHER_LINES) / shown)
  const low = room < TOPIC_LINES + 2
  const members = Math.max(0, room - (low ? LOW_TOPIC_LINES : TOPIC_LINES))
  const lines = [
    ...formatHead(frame, width, style),
    ...frame.topics.flatMap((topic) => ['', ...formatTopic(topic, frame.nameOf, { width, members, low, style })]),
    '',
    frame.trouble === '' ? style('dim', cut(HINT, width)) : style('yellow', cut(frame.trouble, width)),
  ]
  return lines.slice(0, Math.max(1, screen.rows - 1))
}

function formatHead(frame: Frame, width: number, style: Style): readonly string[] {
  const speed = `${frame.blocksPerSecond.toFixed(1)} blocks/s`
  const title = `Starling  ${frame.chainId}  block ${frame.height}  ${speed}  seed ${frame.seed}`
  const { progress } = frame
  if (progress === null) return [style('bold', cut(title, width))]
  const { done, wanted, secondsLeft } = progress
  const left = secondsLeft === null ? '' : `  ${formatTime(secondsLeft)} left`
  const line = `${bar(done / wanted, BAR)}  ${done}/${wanted} epochs${left}`
  return [style('bold', cut(title, width)), cut(line, width)]
}

type Layout = { readonly width: number; readonly members: number; readonly low: boolean; readonly style: Style }

function formatTopic(
  topic: FrameTopic,
  nameOf: Frame['nameOf'],
  { width, members, low, style }: Layout,
): readonly string[] {
  const { tally, id, name, unit, date } = topic
  const title = `${id} ${name} (${unit}, ${tally.policy.loss})`
  if (tally.newest === undefined)
    return [style('bold', cut(title, width)), cut('  waiting for the first settled epoch', width)]
  const { epochs, loss, policy } = tally
  const { network, truth, truthLabel } = tally.newest
  const answer = network === undefined ? '-' : formatValues(policy.labels, network.combined)
  const workers = [...tally.workers.values()].toSorted((a, b) => (b.last?.weight ?? -1) - (a.last?.weight ?? -1))
  // Bars compare workers with each other: the longest is the heaviest worker.
  const heaviest = Math.max(...workers.map(({ last }) => last?.weight ?? 0))
  const best = bestOf(tally)
  const per = (sum: number): string => figure(sum / epochs)
  const bestText = best === undefined ? '-' : `${figure(best.loss / best.epochs)} ${nameOf(best.address)}`
  return [
    style('bold', cut(`${title}   epoch ${epochs}   ${date}`, width)),
    cut(`  network ${answer}   truth ${truthLabel === '' ? figure(truth ?? null) : truthLabel}`, width),
    cut(
      `  mean loss  network ${per(loss.network)}  mean ${per(loss.mean)}  median ${per(loss.median)}  best ${bestText}`,
      width,
    ),
    ...workers.slice(0, members).map((worker) => formatWorker(worker, nameOf(worker.address), heaviest, width, style)),
    ...(workers.length > members && !low ? [style('dim', `  … ${workers.length - members} more`)] : []),
    ...(low ? [] : formatForecasters([...tally.forecasters.values()], heaviest, width, style)),
  ]
}

function formatWorker(worker: MemberTally, name: string, heaviest: number, width: number, style: Style): string {
  const { last } = worker
  const label = name.slice(0, LABEL).padEnd(LABEL)
  if (last === undefined) return style('dim', `  ${label} absent`)
  const numbers = `loss ${figure(last.loss).padStart(9)}  ${formatReward(last.reward)}`
  return formatRow(label, last.weight, heaviest, numbers, width, style)
}

/** The forecasters as one: their weight is what the workers' lacks to 100 %. */
function formatForecasters(
  forecasters: readonly MemberTally[],
  heaviest: number,
  width: number,
  style: Style,
): readonly string[] {
  const present = forecasters.flatMap(({ last }) => last ?? [])
  if (present.length === 0) return []
  const weight = present.reduce((sum, one) => sum + one.weight, 0)
  const reward = present.reduce((sum, one) => sum + one.reward, 0n)
  const label = `${present.length} forecaster${present.length === 1 ? '' : 's'}`.padEnd(LABEL)
  return [formatRow(label, weight, heaviest, `${' '.repeat(14)}  ${formatReward(reward)}`, width, style)]
}

function formatRow(
  label: string,
  weight: number,
  heaviest: number,
  numbers: string,
  width: number,
  style: Style,
): string {
  const share = `${Math.round(100 * weight)} %`.padStart(5)
  const length = heaviest > 0 ? weight / heaviest : 0
  const line = cut(`  ${label} ${bar(length, BAR)} ${share}  ${numbers}`, width)
  return line.replace(/[█░]+/, (found) => style('cyan', found))
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

/** A number, or of labels each with its probability. */
export function formatValues(labels: readonly string[], values: readonly number[]): string {
  if (labels.length === 0) return values.map((value) => figure(value)).join(' ')
  return labels.map((label, i) => `${label} ${Math.round(100 * (values[i] ?? 0))} %`).join(', ')
}

function bar(fraction: number, cells: number): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * cells)
  return '█'.repeat(full) + '░'.repeat(cells - full)
}

function formatTime(seconds: number): string {
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`
}
