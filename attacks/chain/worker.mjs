import { parentPort } from 'node:worker_threads'
import { EPOCHS, measureChain, measureSlots, WARM_UP } from './measureChain.mjs'

// Runs the attacks on the state machine for the seeds it is told, and answers with their metrics.
parentPort.on('message', ({ seed }) => {
  const onChain = measureChain({ seed, epochs: EPOCHS, warmUp: WARM_UP })
  const results = [...onChain, ...measureSlots({ seed })].map(({ contribution }) => ({
    contribution,
    reference: {},
  }))
  parentPort.postMessage({ seed, results })
})
