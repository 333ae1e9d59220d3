import type { Actor } from '../actor.ts'
import type { FakeChain } from './fakeChain.ts'

/** Makes blocks up to a height in lock-step: each when all actors have done their part of the one before. */
export async function mineBlocks(chain: FakeChain, upTo: number, actors: readonly Actor[]): Promise<void> {
  const idle = (): Promise<unknown> => Promise.all(actors.map((actor) => actor.idleAt(chain.state.height)))
  await idle()
  while (chain.state.height < BigInt(upTo)) {
    chain.mine()
    await idle()
  }
}
