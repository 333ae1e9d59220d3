import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ObservedTruth, ObserveTruth } from '@starling/services/reputer/startReputer'
import { openThread } from '@starling/services/worker/model/openThread'
import { CliError } from '../cliError.ts'
import { syntaxFault } from '../daemon/syntaxFault.ts'

const LOADING_MS = 30_000

/** A truth that a JavaScript module exports; it runs in a thread of its own. */
export type OpenedTruth = { readonly observe: ObserveTruth; close(): Promise<void> }

/**
 * Opens the module of `--truth`. One observation may take `timeoutMs`. Throws a `CliError` where the module cannot be
 * loaded or exports no function `truth`.
 */
export async function openTruth(
  file: string,
  { timeoutMs, onLine }: { readonly timeoutMs: number; readonly onLine: (line: string) => void },
): Promise<OpenedTruth> {
  if (!existsSync(file)) throw new CliError(2, `There is no file ${file}; --truth is a module that exports truth().`)
  const data = pathToFileURL(resolve(file)).href
  const thread = openThread({ file: threadFile(), data, endOnAbort: true, onLine })
  const loading = AbortSignal.timeout(LOADING_MS)
  try {
    if ((await thread.call({}, loading)) !== true) throw new Error('it exports no function named truth')
  } catch (error) {
    await thread.close()
    const reason = loading.aborted
      ? `it was not loaded within ${LOADING_MS / 1000} s`
      : (syntaxFault(file) ?? reasonOf(error))
    throw new CliError(2, `The truth ${file} cannot be used: ${reason}.`, { cause: error })
  }
  const observe: ObserveTruth = async (epoch) => {
    const limit = AbortSignal.timeout(timeoutMs)
    try {
      return readObserved(await thread.call({ epoch }, limit))
    } catch (error) {
      const reason = limit.aborted ? `it gave no answer within ${timeoutMs / 1000} s` : reasonOf(error)
      throw new Error(`${file}: ${reason}.`, { cause: error })
    }
  }
  return { observe, close: thread.close }
}

/** What the module gave, as a reputer takes it: null while the truth is not known, a value or label with its source. */
function readObserved(output: unknown): ObservedTruth | null {
  if (output === null || output === undefined) return null
  const given = typeof output === 'object' ? output : {}
  const value = 'value' in given ? given.value : undefined
  const label = 'label' in given ? given.label : undefined
  const source = 'source' in given ? given.source : undefined
  const observedAt = 'observedAt' in given ? given.observedAt : undefined
  if ((typeof value !== 'number' && typeof label !== 'string') || typeof source !== 'string') {
    const shown = JSON.stringify(output)?.slice(0, 100) ?? typeof output
    throw new Error(`{ value or label, source, observedAt } or null was expected, got ${shown}`)
  }
  return {
    ...(typeof value === 'number' ? { value } : {}),
    ...(typeof label === 'string' ? { label } : {}),
    source,
    observedAt: typeof observedAt === 'string' ? observedAt : '',
  }
}

function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n', 1)
  return line.replace(/\.$/, '')
}

/** Threads run what was built, also where a test runner runs the sources. */
function threadFile(): URL {
  const here = import.meta.url
  const built = here.endsWith('.ts') ? here.replace(/\/src\/(?=[^/]+\/[^/]+$)/, '/dist/') : here
  return new URL('./truthThread.js', built)
}
