import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { httpModel } from '@starling/services/worker/model/httpModel'
import { moduleModel } from '@starling/services/worker/model/moduleModel'
import { processModel } from '@starling/services/worker/model/processModel'
import type { Model } from '@starling/services/worker/model/types'
import { CliError } from '../cliError.ts'
import { splitCommand } from '../daemon/splitCommand.ts'
import { syntaxFault } from '../daemon/syntaxFault.ts'

/** Where a model is: exactly one of them is given. */
export type ModelSource = {
  /** A JavaScript module. */
  readonly model?: string | undefined
  /** A program that speaks JSON lines. */
  readonly command?: string | undefined
  /** A server. */
  readonly url?: string | undefined
  /** Ask a program or server for forecasts too; a module says by itself what it exports. */
  readonly forecast?: boolean | undefined
}

/** A short name for a model's account: of its file, or of the server's host and port. */
export function nameOfModel({ model, command, url }: ModelSource): string {
  if (url !== undefined) return slug(URL.canParse(url) ? new URL(url).host : url)
  const words = command === undefined ? [] : splitCommand(command)
  return slug(fileName(model ?? words.slice(1).find((word) => /\.\w+$/.test(word)) ?? words[0] ?? ''))
}

/** Opens the model; what it prints goes to `onLine`. Throws a `CliError` where it cannot be used. */
export async function openModel(source: ModelSource, onLine: (line: string) => void): Promise<Model> {
  const { model, command, url } = source
  if ([model, command, url].filter((one) => one !== undefined).length !== 1) {
    throw new CliError(
      2,
      'worker needs one of --model FILE, --command "PROGRAM ARGS" and --url ADDRESS. "starling worker new my-model" writes a model to begin with.',
    )
  }
  if (command !== undefined) {
    const [program, ...args] = splitCommand(command)
    return asked(source, processModel(program, args, { onLine }))
  }
  if (url !== undefined) return usable(async () => asked(source, httpModel(url)))
  const file = model ?? ''
  if (!existsSync(file)) {
    const name = fileName(file)
    throw new CliError(2, `There is no file ${file}. "starling worker new ${name}" writes a model to begin with.`)
  }
  return usable(() => moduleModel(file, { onLine }), file)
}

function asked({ forecast }: ModelSource, model: Model): Model {
  return forecast === true ? model : { ...model, forecast: undefined }
}

/** The user's faults come as errors with a sentence. */
async function usable(open: () => Promise<Model>, file?: string): Promise<Model> {
  try {
    return await open()
  } catch (error) {
    const fault = file === undefined ? undefined : syntaxFault(file)
    if (fault !== undefined) throw new CliError(2, `The model ${file} cannot be used: ${fault}.`, { cause: error })
    throw new CliError(2, error instanceof Error ? error.message : String(error), { cause: error })
  }
}

function fileName(path: string): string {
  return basename(path).replace(/\.[a-z]+$/i, '')
}

function slug(text: string): string {
  return text.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 64)
}
