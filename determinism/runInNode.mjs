import { readFileSync } from 'node:fs'
import vm from 'node:vm'

// Plays in a bare context of Node: no globals of the host, no clock, no random, no locale; the shared prototypes frozen
// once everything is loaded. Arguments: the script, and the file of the input; «freeze» as the third one.
const [script = '', input = '', freeze] = process.argv.slice(2)
const context = vm.createContext({ determinismInput: readFileSync(input, 'utf8') })
vm.runInContext('delete globalThis.Date; delete globalThis.Intl; delete Math.random', context)
if (freeze === 'freeze') {
  vm.runInContext(
    'for (const made of [Array, Map, Set, Uint8Array, BigInt, Number]) Object.freeze(made.prototype)',
    context,
  )
}
vm.runInContext(readFileSync(script, 'utf8'), context, { filename: 'player.js' })
process.stdout.write(context.determinismOutput)
