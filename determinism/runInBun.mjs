import { readFileSync } from 'node:fs'

// Plays among all globals of the engine. Arguments: the script, and the file of the input.
const [script = '', input = ''] = process.argv.slice(2)
globalThis.determinismInput = readFileSync(input, 'utf8')
// biome-ignore lint/security/noGlobalEval: the script is our own bundle, and must run as a script
;(0, eval)(readFileSync(script, 'utf8'))
process.stdout.write(globalThis.determinismOutput)
