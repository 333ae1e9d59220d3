import type { LocalEngine } from '@starling/node/engine/local/localEngine'
import type { Actor } from '@starling/services/shared/actor'
import { orAborted } from '@starling/services/shared/orAborted'
import { systemTimers, type Timers } from '@starling/services/shared/timers'
import { whyStopped } from '../daemon/stopped.ts'
import type { Watch } from './watchTopics.ts'

/** What moves a network on, and until when. */
export type Drive = {
  readonly watch: Pick<Watch, 'settled' | 'update' | 'dataEnded'>
  /** Settled epochs of every topic at which to stop; undefined = never. */
  readonly until: number | undefined
  readonly stop: AbortSignal
  /** Shows the state of things; called after each block that closed an epoch, and now and then. */
  readonly show: () => void
}

type Engine = Pick<LocalEngine, 'status' | 'mine'>
type Idler = Pick<Actor, 'idleAt'>

const EPOCH_CLOSED = 'starling.v1.EventEpochClosed'
/** Blocks after which a network whose topics settle nothing is asked whether the data has ended. */
const PATIENCE = 200

/** As fast as it goes: a block is mined when every actor has submitted or skipped. Returns why it ended. */
export async function driveLockStep(engine: Engine, actors: readonly Idler[], drive: Drive): Promise<string> {
  const { watch, until = Number.POSITIVE_INFINITY, stop, show } = drive
  let quiet = 0
  show()
  while (!stop.aborted && watch.settled() < until) {
    await orAborted(allIdle(engine, actors), stop)
    if (stop.aborted) break
    const block = engine.mine()
    quiet += 1
    if (!closesEpoch(block)) {
      if (quiet % PATIENCE === 0 && (await watch.dataEnded())) return 'the data has ended'
      continue
    }
    const before = watch.settled()
    await watch.update()
    if (watch.settled() > before) quiet = 0
    show()
  }
  return stop.aborted ? whyStopped(stop) : 'all epochs that --epochs asked for are settled'
}

/** A slow actor is waited for, but not longer than so many block times: nobody holds up the chain. */
const MOST_BLOCK_TIMES = 5
/** Later than a timer of a quiet machine ever is. */
const LATE_MS = 20
/** The machine may have slept, which is no reason to wait as long again. */
const LONGEST_REST_MS = 5_000

/**
 * A block every `blockTimeMs` until somebody stops it, whose reason is returned; on a busy machine later, so that actors
 * that still compute, here or in other processes, do not miss their windows.
 */
export async function drivePaced(
  engine: Engine,
  actors: readonly Idler[],
  { blockTimeMs, timers = systemTimers, ...drive }: Drive & { readonly blockTimeMs: number; readonly timers?: Timers },
): Promise<string> {
  const { watch, stop, show } = drive
  show()
  const patienceMs = MOST_BLOCK_TIMES * blockTimeMs
  let due = performance.now()
  while (!stop.aborted) {
    due = Math.max(due + blockTimeMs, performance.now())
    await timers.sleep(due - performance.now(), stop)
    const patience = new AbortController()
    const limit = timers.sleep(patienceMs, patience.signal)
    await orAborted(Promise.race([allIdle(engine, actors), limit]), stop)
    patience.abort()
    // Late is who works on a busy machine: now others have as long, models in other processes and who asks the servers.
    const late = performance.now() - due
    if (late > LATE_MS) await timers.sleep(Math.min(late, Math.max(patienceMs, LONGEST_REST_MS)), stop)
    if (stop.aborted) break
    if (closesEpoch(engine.mine())) await watch.update()
    show()
  }
  return whyStopped(stop)
}

async function allIdle(engine: Engine, actors: readonly Idler[]): Promise<void> {
  const { height } = engine.status()
  await Promise.all(actors.map((actor) => actor.idleAt(height)))
}

function closesEpoch({ results }: ReturnType<Engine['mine']>): boolean {
  return results.events.some(({ type }) => type === EPOCH_CLOSED)
}
