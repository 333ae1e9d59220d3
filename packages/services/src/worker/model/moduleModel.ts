import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { sentenceOf } from '../../shared/failure.ts'
import { openThread } from './openThread.ts'
import { threadFile } from './threadFile.ts'
import type { Model } from './types.ts'

const LOADING_MS = 30_000

/** How a module model behaves. */
export type ModuleModelOptions = {
  /** What the module prints. */
  readonly onLine: (line: string) => void
  /** Longest time that loading may take, in milliseconds; default 30 s. */
  readonly loadingMs?: number
}

/**
 * A model that a JavaScript module exports as `predict`, `forecast`, or both. It runs in a thread of its own, which is
 * ended and started anew when a call takes too long. Rejects where the module cannot be loaded or exports neither.
 */
export async function moduleModel(
  path: string,
  { onLine, loadingMs = LOADING_MS }: ModuleModelOptions,
): Promise<Model> {
  const data = pathToFileURL(resolve(path)).href
  const thread = openThread({ file: threadFile('moduleThread'), data, endOnAbort: true, onLine })
  const signal = AbortSignal.timeout(loadingMs)
  try {
    const exported = await thread.call({ what: 'exports' }, signal)
    const { predict, forecast } = readExports(exported)
    if (!predict && !forecast) throw new Error('it exports no function named predict or forecast')
    return {
      predict: predict ? (input, until) => thread.call({ what: 'predict', input }, until) : undefined,
      forecast: forecast ? (input, until) => thread.call({ what: 'forecast', input }, until) : undefined,
      close: thread.close,
    }
  } catch (error) {
    await thread.close()
    const reason = signal.aborted ? `it was not loaded within ${loadingMs / 1000} s` : sentenceOf(error)
    throw new Error(`The model ${path} cannot be used: ${reason}.`, { cause: error })
  }
}

function readExports(exported: unknown): { readonly predict: boolean; readonly forecast: boolean } {
  const names = typeof exported === 'object' && exported !== null ? exported : {}
  return {
    predict: 'predict' in names && names.predict === true,
    forecast: 'forecast' in names && names.forecast === true,
  }
}
