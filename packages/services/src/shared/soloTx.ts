import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import type { Sender } from '@starling/sdk/types'
import { isAway, isPoor } from './failure.ts'
import type { Funds } from './funds.ts'

/** A transaction of which at most one is under way. */
export type SoloTx = {
  isUnderWay(): boolean
  /** Sends it and resolves to whether the mempool has it. Rejects only where the node is away. */
  send(message: MessageToSend, stop: AbortSignal): Promise<boolean>
}

/** `fail` is told why the chain would not have it, now or in the block. */
export function createSoloTx(sender: Sender, funds: Funds, fail: (error: unknown) => void): SoloTx {
  let isUnderWay = false
  const done = (): void => {
    isUnderWay = false
  }
  return {
    isUnderWay: () => isUnderWay,
    async send(message, stop) {
      isUnderWay = true
      try {
        const { landed } = await sender.send([message])
        landed.catch((error) => stop.aborted || fail(error)).finally(done)
      } catch (error) {
        done()
        if (isAway(error)) throw error
        if (isPoor(error)) funds.doubt()
        fail(error)
        return false
      }
      funds.spent()
      return true
    },
  }
}
