import { install } from './install.mjs'

// npm start: installs what is missing, then runs a whole network: `starling up` with the arguments given.
install()
process.argv.splice(2, 0, 'up')
await import('../packages/cli/bin/starling.mjs')
