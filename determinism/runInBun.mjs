import { readFileSync } from 'node:fs'
import vm from 'node:vm'

// Plays among all globals of the engine. Arguments: the script, and the file of the input.
const [script = '', input = ''] = process.argv.slice(2)
globalThis.determinismInput = readFileSync(input, 'utf8')
vm.runInThisContext(readFileSync(script, 'utf8'))
process.stdout.write(globalThis.determinismOutput)
