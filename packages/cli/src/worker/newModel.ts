import { writeFile } from 'node:fs/promises'
import { CliError } from '../cliError.ts'
import type { Io } from '../io.ts'
import { printJson } from '../output/printJson.ts'
import { exampleModule, exampleScript } from './exampleModel.ts'

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/

/** Writes a model to begin with into the current folder, never over a file that is there. */
export async function newModel(options: {
  readonly io: Io
  readonly json: boolean
  readonly name: string
  readonly python: boolean
}): Promise<void> {
  const { io, json, python } = options
  const name = options.name.replace(python ? /\.py$/ : /\.mjs$/, '')
  if (!NAME.test(name)) {
    throw new CliError(2, `A model's name has 1 to 64 letters, digits, _ and -, as in my-model; got "${options.name}".`)
  }
  const file = `./${name}.${python ? 'py' : 'mjs'}`
  const text = (python ? exampleScript : exampleModule).replaceAll('my-model', name)
  await writeFile(file, text, { flag: 'wx' }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') throw new CliError(2, `There is a file ${file} already. Choose another name.`)
    throw new CliError(3, `${file} cannot be written: ${error instanceof Error ? error.message : error}.`)
  })
  const use = python ? `--command "python3 ${name}.py"` : `--model ${file}`
  const command = `npx --no-install starling worker --topic 1 ${use}`
  if (json) printJson(io, { file, command })
  else io.stdout.write(`Wrote ${file}. While "npm start" runs in another terminal, let it work:\n\n  ${command}\n`)
}
