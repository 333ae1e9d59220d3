import type { LocalEngine } from '@starling/node/engine/local/localEngine'
import type { Client } from '@starling/sdk/types'
import type { Actor } from '@starling/services/shared/actor'
import { orAborted } from '@starling/services/shared/orAborted'
import type { Watch } from './watchTopics.ts'

/** What moves a network on, and until when. */
export type Drive = {
  readonly watch: Watch
  /** Settled epochs of every topic at which to stop; undefined = never. */
  readonly until: number | undefined
  readonly stop: AbortSignal
  /** Shows the state of things; called after each block that closed an epoch, and now and then. */
  readonly show: () => void
}

const EPOCH_CLOSED = 'starling.v1.EventEpochClosed'
/** Blocks after which a network whose topics settle nothing is asked whether the data has ended. */
const PATIENCE = 200

/** As fast as it goes: a block is mined when every actor has submitted or skipped. */
export async function driveLockStep(engine: LocalEngine, actors: readonly Actor[], drive: Drive): Promise<void> {
  const { watch, until = Number.POSITIVE_INFINITY, stop, show } = drive
  let quiet = 0
  show()
  while (!stop.aborted && watch.settled() < until) {
    const { height } = engine.status()
    await orAborted(Promise.all(actors.map((actor) => actor.idleAt(height))), stop)
    if (stop.aborted) return
    const { results } = engine.mine()
    quiet += 1
    if (!results.events.some(({ type }) => type === EPOCH_CLOSED)) {
      if (quiet % PATIENCE === 0 && (await watch.dataEnded())) return
      continue
    }
    const before = watch.settled()
    await watch.update()
    if (watch.settled() > before) quiet = 0
    show()
  }
}

/** At the engine's own pace, until somebody stops it. */
export async function drivePaced(client: Client, { watch, stop, show }: Drive): Promise<void> {
  const blocks = client.blocks()[Symbol.asyncIterator]()
  show()
  while (!stop.aborted) {
    const next = await orAborted(blocks.next(), stop)
    if (next === undefined || next.done === true) return
    if (next.value.events.some(({ type }) => type === EPOCH_CLOSED)) await watch.update()
    show()
  }
}
