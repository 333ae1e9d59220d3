import type { OpenEpoch } from '@starling/protocol/gen/starling/v1/epochs_pb'

/** What an epoch goes through. */
export type PhaseName = 'predict' | 'commit' | 'reveal' | 'wait' | 'truth' | 'truth commit' | 'truth reveal' | 'settle'

/** A phase with its first and last block. */
export type Phase = { readonly name: PhaseName; readonly from: bigint; readonly to: bigint }

/** The phases of an open epoch in their order, and where it stands. */
export type Standing = {
  readonly phases: readonly Phase[]
  /** Place of the phase that takes what the next block carries. */
  readonly now: number
  /** Blocks to come in this phase. */
  readonly blocks: bigint
}

/** Where an open epoch stands once the block `height` is made. A window of reveals may close early. */
export function standingOf(epoch: OpenEpoch, height: bigint): Standing {
  const phases = phasesOf(epoch)
  const next = height + 1n
  const closed = epoch.workClosed || epoch.answered
  const found = phases.findIndex(({ to }, i) => next <= to && !(closed && isWork(phases[i]?.name)))
  const now = found === -1 ? phases.length - 1 : found
  const { from = next, to = next } = phases[now] ?? {}
  // Where a phase begins early, it lasts until its own last block.
  return { phases, now, blocks: to - (next < from && !closed ? from - 1n : height) }
}

function isWork(name: PhaseName | undefined): boolean {
  return name === 'predict' || name === 'commit' || name === 'reveal'
}

function phasesOf(epoch: OpenEpoch): readonly Phase[] {
  const { workerOpen, workerCommitClose, workerClose, truthOpen, truthCommitClose, truthClose } = epoch
  const isSealed = workerCommitClose > 0n
  const work: readonly Phase[] = isSealed
    ? [
        { name: 'commit', from: workerOpen, to: workerCommitClose },
        { name: 'reveal', from: workerCommitClose + 1n, to: workerClose },
      ]
    : [{ name: 'predict', from: workerOpen, to: workerClose }]
  const truth: readonly Phase[] =
    truthCommitClose > 0n
      ? [
          { name: 'truth commit', from: truthOpen, to: truthCommitClose },
          { name: 'truth reveal', from: truthCommitClose + 1n, to: truthClose },
        ]
      : [{ name: 'truth', from: truthOpen, to: truthClose }]
  const all: readonly Phase[] = [
    ...work,
    { name: 'wait', from: workerClose + 1n, to: truthOpen - 1n },
    ...truth,
    { name: 'settle', from: truthClose + 1n, to: truthClose + 1n },
  ]
  return all.filter(({ from, to }) => from <= to)
}
