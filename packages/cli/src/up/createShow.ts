import type { LocalEngine } from '@starling/node/engine/local/localEngine'
import type { Cast } from './cast.ts'
import { namesOf } from './collectReport.ts'
import type { Frame } from './formatFrame.ts'
import { LOCAL_CHAIN_ID } from './localNetwork.ts'
import type { View } from './openView.ts'
import type { Watch } from './watchTopics.ts'

/** What a picture is made of. */
export type ShowSources = {
  readonly engine: LocalEngine
  readonly cast: Cast
  readonly seed: string
  readonly watch: Watch
  readonly view: View
  readonly until: number | undefined
  readonly troubleOf: () => string
}

/** Pictures a second at most: drawing is not what the machine is for. */
const PICTURES = 8

/** Shows the state of things, as often as a terminal can show it. */
export function createShow({ engine, cast, seed, watch, view, until, troubleOf }: ShowSources): () => void {
  const nameOf = namesOf(cast)
  const begun = { at: performance.now(), height: engine.status().height, settled: watch.settled() }
  let shown = Number.NEGATIVE_INFINITY
  return () => {
    const now = performance.now()
    const settled = watch.settled()
    const isLast = until !== undefined && settled >= until
    if (now - shown < 1000 / PICTURES && !isLast) return
    shown = now
    const seconds = Math.max(0.001, (now - begun.at) / 1000)
    const { height } = engine.status()
    view.show({
      chainId: LOCAL_CHAIN_ID,
      seed,
      height,
      blocksPerSecond: Number(height - begun.height) / seconds,
      topics: watch.topics,
      progress: progressOf(begun.settled, settled, until, seconds),
      trouble: troubleOf(),
      nameOf,
    })
  }
}

function progressOf(begun: number, settled: number, until: number | undefined, seconds: number): Frame['progress'] {
  if (until === undefined) return null
  const done = Math.min(settled, until) - begun
  const wanted = until - begun
  return { done, wanted, secondsLeft: done === 0 ? null : (seconds / done) * (wanted - done) }
}
