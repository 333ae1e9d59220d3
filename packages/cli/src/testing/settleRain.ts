import { writeFileSync } from 'node:fs'
import { createSender } from '@starling/sdk/sender/createSender'
import { startReputer } from '@starling/services/reputer/startReputer'
import { startWorker } from '@starling/services/worker/startWorker'
import { createCast } from '../up/cast.ts'
import { driveLockStep } from '../up/drive.ts'
import { rainPace } from './startRain.ts'
import { easyPolicy, TEST_SEED, type TestNet } from './startTestNet.ts'

const ALLO = 10n ** 18n
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/**
 * Creates the topic rain, the network's first, and lets a worker and a reputer settle so many epochs of it. From the
 * creation on each block waits for both, so that no epoch is missed on a busy machine; afterwards no block is made by
 * itself any more.
 */
export async function settleRain(net: TestNet, count: number): Promise<void> {
  const { client, node } = net
  writeFileSync(net.file('rain.json'), JSON.stringify(easyPolicy))
  const shape = ['--epoch-length', String(rainPace.epochLength), '--window', String(rainPace.window)]
  await net.json('topic', 'create', '--file', net.file('rain.json'), '--name', 'rain', ...shape, '--fund', '10')
  node.engine.stop()
  const [cast] = createCast(TEST_SEED).topics
  const [worker, reputer] = [cast?.workers[0], cast?.reputers[0]]
  if (worker === undefined || reputer === undefined) throw new Error('the network has workers and reputers')
  const common = { client, topicId: 1n, log: silent }
  const actors = [
    startWorker({
      ...common,
      sender: createSender({ client, wallet: worker.wallet }),
      predict: async ({ truths }) => ({ value: 3.5 + truths.length / 10 }),
    }),
    startReputer({
      ...common,
      sender: createSender({ client, wallet: reputer.wallet }),
      stake: 100n * ALLO,
      truth: async () => ({ value: 3, source: 'gauge', observedAt: '2024-08-09' }),
    }),
  ]
  try {
    const settled = async (): Promise<number> => Number((await client.topicUnverified(1n)).settledEpochs)
    let known = await settled()
    await driveLockStep(node.engine, actors, {
      watch: {
        settled: () => known,
        async update() {
          known = await settled()
        },
        dataEnded: async () => false,
      },
      until: count,
      stop: new AbortController().signal,
      show: () => undefined,
    })
    // What a block has settled is proven by the header of the next.
    node.engine.mine()
  } finally {
    await Promise.all(actors.map((actor) => actor.stop()))
  }
}
