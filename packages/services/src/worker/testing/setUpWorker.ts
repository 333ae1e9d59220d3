import { createFakeChain, type FakeChain } from '../../shared/testing/fakeChain.ts'
import { createManualTimers, type ManualTimers } from '../../shared/testing/manualTimers.ts'
import { createMemoryLog, type MemoryLog } from '../../shared/testing/memoryLog.ts'
import type { FakeTopic } from '../../shared/testing/topicViewOf.ts'
import { startWorker, type Worker, type WorkerOptions } from '../startWorker.ts'

/** A fake chain and what is needed to start workers of the account w1 on it. */
export type WorkerSetUp = {
  readonly chain: FakeChain
  readonly log: MemoryLog
  readonly timers: ManualTimers
  start(options: Partial<WorkerOptions>): Worker
  /** Submissions that stand in blocks. */
  submissions(): { readonly nonce: bigint; readonly height: bigint }[]
}

/** A chain on which w1 has money. */
export function setUpWorker(topic: Partial<FakeTopic> = {}): WorkerSetUp {
  const chain = createFakeChain(topic)
  const log = createMemoryLog()
  const timers = createManualTimers()
  chain.state.balances.set('w1', 1_000_000n)
  return {
    chain,
    log,
    timers,
    start: (options) =>
      startWorker({ client: chain.client, sender: chain.sender('w1'), topicId: 1n, log, timers, ...options }),
    submissions: () =>
      chain.landed.flatMap(({ height, messages }) =>
        messages.flatMap((message) =>
          message.typeUrl === '/emissions.v10.InsertWorkerPayloadRequest'
            ? [{ nonce: message.value.workerDataBundle?.nonce?.blockHeight ?? 0n, height }]
            : [],
        ),
      ),
  }
}
