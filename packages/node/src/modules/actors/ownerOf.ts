import type { StateReader } from '../../app/context.ts'
import { getNode } from './view.ts'

/** Who gets what a worker earns: its owner, or itself where it never registered one. */
export function ownerOf(state: StateReader, worker: string): string {
  return getNode(state, 'worker', worker)?.owner ?? worker
}
