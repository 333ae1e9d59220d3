import { parentPort } from 'node:worker_threads'
import { scenarios } from './scenarios.mjs'

// Runs the scenarios of the seeds it is told, one seed after the other, and answers with their metrics.
parentPort.on('message', ({ seed, wanted }) => {
  const results = scenarios.map(({ id, run }) => (wanted.length === 0 || wanted.includes(id) ? run(seed) : null))
  parentPort.postMessage({ seed, results })
})
