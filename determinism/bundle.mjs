import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { ownSources } from '../scripts/ownSources.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const portable = `${root}determinism/portable/`

/** What stands in for a module of the host in the bundle that runs everywhere. */
const STAND_INS = [
  [/^node:crypto$/, 'nodeCrypto.ts'],
  [/^vitest$/, 'vitest.ts'],
  [/\/readVectors\.ts$/, 'readVectors.ts'],
  [/\/compareNumbers\.ts$/, 'compareNumbers.ts'],
  [/\/app\/useNativeSecp256k1\.ts$|^\.\.?\/useNativeSecp256k1\.ts$/, 'useNativeSecp256k1.ts'],
]

/** Puts the stand-ins in the place of Node's own modules. */
const standIns = () => ({
  name: 'stand-ins',
  resolveId(source, importer) {
    if (importer === undefined || importer.startsWith(portable)) return undefined
    const found = STAND_INS.find(([pattern]) => pattern.test(source))
    return found === undefined ? undefined : `${portable}${found[1]}`
  },
})

async function build(input, isPortable, format) {
  const bundle = await rolldown({
    input: `${root}determinism/${input}`,
    cwd: root,
    platform: isPortable ? 'neutral' : 'node',
    external: isPortable ? [] : [/^node:/],
    plugins: isPortable ? [ownSources(), standIns()] : [ownSources()],
    // The tests of the vectors are run for what they do, though their package says that importing does nothing.
    treeshake: !isPortable,
    resolve: { mainFields: ['module', 'main'] },
    ...(isPortable ? { transform: { inject: { Buffer: [`${portable}buffer.ts`, 'Buffer'] } } } : {}),
    onLog(level, log) {
      if (log.code === 'UNRESOLVED_IMPORT')
        throw new Error(`The bundle needs what no engine but Node has: ${log.message}`)
      if (level === 'warn') process.stderr.write(`${log.message}\n`)
    },
  })
  const { output } = await bundle.generate({ format, comments: false })
  await bundle.close()
  const [{ code }] = output
  return code
}

/** The state machine, the vectors and what plays them, as one script without imports. */
export const bundlePlayer = () => build('portable/main.ts', true, 'iife')

/** What records a tape, as one module for Node. */
export const bundleRecorder = () => build('record.ts', false, 'esm')
