import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

// Plays in QuickJS. Arguments: the script, the file of the input, and where quickjs-emscripten is installed.
const [script = '', input = '', folder = ''] = process.argv.slice(2)
const { getQuickJS } = await import(pathToFileURL(`${folder}/node_modules/quickjs-emscripten/dist/index.mjs`).href)
const context = (await getQuickJS()).newContext()
const text = context.newString(readFileSync(input, 'utf8'))
context.setProp(context.global, 'determinismInput', text)
text.dispose()
context.unwrapResult(context.evalCode(readFileSync(script, 'utf8'), 'player.js')).dispose()
process.stdout.write(
  context.getProp(context.global, 'determinismOutput').consume((handle) => context.getString(handle)),
)
context.dispose()
