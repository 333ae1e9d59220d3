import { parentPort } from 'node:worker_threads'
import { scenarios } from './scenarios.mjs'

// Runs the scenarios of the seeds it is told, one seed after the other, and answers with their metrics.
parentPort.on('message', ({ seed, epochs, tier, wanted }) => {
  const results = scenarios.map(({ id, tier: least = 0, run }) => {
    if (least > tier) return null
    return wanted.length === 0 || wanted.includes(id) ? run({ seed, epochs }) : null
  })
  parentPort.postMessage({ seed, results })
})
