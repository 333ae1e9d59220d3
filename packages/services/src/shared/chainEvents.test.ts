import { describe, expect, it } from 'vitest'
import { closedEpochs, openedWindows } from './chainEvents.ts'

const opened = (attributes: Record<string, string>) => ({
  type: 'emissions.v10.EventWorkerSubmissionWindowOpened',
  attributes,
})

describe('events of a block', () => {
  it('tell which windows of a topic opened', () => {
    const events = [
      opened({ topic_id: '"1"', nonce_block_height: '"40"', window_end_block: '"42"' }),
      opened({ topic_id: '"11"', nonce_block_height: '"41"', window_end_block: '"43"' }),
      opened({ topic_id: '1', nonce_block_height: '44', window_end_block: '46' }),
      { type: 'emissions.v10.EventReputerSubmissionWindowOpened', attributes: { topic_id: '"1"' } },
    ]
    expect(openedWindows(events, 1n)).toEqual([
      { nonce: 40n, workerClose: 42n },
      { nonce: 44n, workerClose: 46n },
    ])
  })

  it('tell which epochs of a topic closed', () => {
    const closed = (topic: string, nonce: string) => ({
      type: 'starling.v1.EventEpochClosed',
      attributes: { topic_id: topic, nonce, status: '"void"' },
    })
    expect(closedEpochs([closed('"1"', '"4"'), closed('"2"', '"8"'), closed('"1"', '"12"')], 1n)).toEqual([4n, 12n])
  })

  it('that are no such events tell nothing', () => {
    expect(openedWindows([opened({}), opened({ topic_id: 'one' }), opened({ topic_id: '"-1"' })], 1n)).toEqual([])
  })
})
