import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Application } from '../../app/application.ts'
import type { StoredBlock } from '../../engine/local/blockStore.ts'
import type { ChainView } from '../chainView.ts'
import { createHttpServer, type HttpOptions } from '../createHttpServer.ts'
import { addTopicGauges } from './addTopicGauges.ts'

/** What the metrics are read from. */
export type MetricsOptions = HttpOptions & {
  readonly engine: ChainView
  readonly application: Pick<Application, 'info' | 'query'>
  readonly subscriptionCount: () => number
}

/** Serves `/metrics` for Prometheus: chain, topics, mempool, subscribers and process. */
export function createMetricsServer(options: MetricsOptions): FastifyInstance {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  addGauges(registry, options)
  addTopicGauges(registry, options.application)
  const unwatch = watchBlocks(registry, options.engine)
  const app = createHttpServer(options, ({ message }) => ({ message }))
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()))
  app.addHook('onClose', (_app, done) => {
    unwatch()
    registry.clear()
    done()
  })
  return app
}

function addGauges(registry: Registry, { engine, subscriptionCount }: MetricsOptions): void {
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name: `starling_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(read())
      },
    })
  }
  gauge('height', 'Height of the newest block.', () => Number(engine.store.height()))
  gauge(
    'block_time_seconds',
    'Header time of the newest block, since 1970.',
    () => Number(engine.status().timeMs) / 1000,
  )
  gauge('halted', '1 when the engine is halted.', () => (engine.status().halted === undefined ? 0 : 1))
  const { mempool } = engine
  if (mempool !== undefined) {
    gauge('mempool_txs', 'Transactions that wait for a block.', () => mempool.count())
    gauge('mempool_bytes', 'Bytes of transactions that wait for a block.', () => mempool.bytes())
  }
  gauge('subscriptions', 'Subscriptions of WebSocket clients.', subscriptionCount)
}

/** Counts what every new block brings. */
function watchBlocks(registry: Registry, engine: ChainView): () => void {
  const registers = [registry]
  const txs = new Counter({
    name: 'starling_txs_total',
    help: 'Transactions in blocks since the start of this process, by result.',
    labelNames: ['result'],
    registers,
  })
  const interval = new Histogram({
    name: 'starling_block_interval_seconds',
    help: 'Header time from one block to the next.',
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
    registers,
  })
  let before = engine.status().timeMs
  const count = ({ header, results }: StoredBlock): void => {
    const done = results.txResults.filter(({ code }) => code === 0).length
    txs.inc({ result: 'done' }, done)
    txs.inc({ result: 'failed' }, results.txResults.length - done)
    interval.observe(Number(header.timeMs - before) / 1000)
    before = header.timeMs
  }
  const subscription = engine.events.subscribe(`tm.event='NewBlock'`)
  const watch = async (): Promise<void> => {
    for (;;) {
      const delivery = await subscription.next()
      if (delivery.kind === 'cancelled') return
      if (delivery.event.type !== 'Tx') count(delivery.event.block)
    }
  }
  void watch()
  return () => subscription.cancel()
}
