import { parentPort } from 'node:worker_threads'
import { builtInForecasters } from '../../models/builtInForecasters.ts'
import { builtInModels } from '../../models/builtInModels.ts'
import type { ForecastInput } from '../../models/types.ts'
import { type BuiltInCall, type BuiltInMessage, COMMON_PARTS } from './builtInMessages.ts'

// A thread of the pool of built-in models.
const kept = new Map<number, unknown>()

parentPort?.on('message', (message: BuiltInMessage) => {
  if ('keep' in message) kept.set(message.keep, message.value)
  else if ('forget' in message) kept.delete(message.forget)
  else parentPort?.postMessage({ call: message.call, ...answer(message) })
})

function answer(call: BuiltInCall): { output: unknown } | { fault: string } {
  try {
    return { output: run(call) }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}

function run({ name, input, parts }: BuiltInCall): unknown {
  const common = COMMON_PARTS.flatMap((part) => {
    const number = parts[part]
    return number === undefined ? [] : [[part, kept.get(number)] as const]
  })
  // The pool has taken the input apart just so.
  const whole = { data: null, ...input, ...Object.fromEntries(common) } as ForecastInput
  if ('forecaster' in name) {
    return builtInForecasters.find((one) => one.name === name.forecaster)?.forecast(whole)
  }
  return builtInModels[name.topic].find((one) => one.name === name.model)?.predict(whole)
}
