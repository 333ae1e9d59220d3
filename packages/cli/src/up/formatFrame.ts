import { styleText } from 'node:util'
import { type FrameTopic, formatTopicLines } from './formatTopicLines.ts'
import { bar, cut, type Style } from './frameParts.ts'

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

const BAR = 16
/** Shown while nothing is wrong. */
const HINT = 'Ctrl-C ends and keeps it. To ask it: npx --no-install starling ask 1'
/** Title, progress, a blank line and the last line. */
const OTHER_LINES = 4
/** One picture of the live view: lines no longer than the screen is wide, no more than it is high. */
export function formatFrame(frame: Frame, screen: Screen): readonly string[] {
  const style: Style = (format, text) => (screen.colour ? styleText(format, text, { validateStream: false }) : text)
  const width = Math.max(20, screen.columns - 1)
  const shown = Math.max(1, frame.topics.length)
  const room = Math.floor((screen.rows - 1 - OTHER_LINES) / shown)
  const lines = [
    ...formatHead(frame, width, style),
    ...frame.topics.flatMap((topic) => [
      '',
      ...formatTopicLines(topic, frame.nameOf, { width, room: Math.max(1, room - 1), style }),
    ]),
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

function formatTime(seconds: number): string {
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
