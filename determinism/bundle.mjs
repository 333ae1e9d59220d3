import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const portable = `${root}determinism/portable/`
const packages = `${root}packages/`

/** What stands in for a module of the host in the bundle that runs everywhere. */
const STAND_INS = [
  [/^node:crypto$/, 'nodeCrypto.ts'],
  [/^vitest$/, 'vitest.ts'],
  [/\/readVectors\.ts$/, 'readVectors.ts'],
  [/\/compareNumbers\.ts$/, 'compareNumbers.ts'],
  [/\/app\/useNativeSecp256k1\.ts$|^\.\.?\/useNativeSecp256k1\.ts$/, 'useNativeSecp256k1.ts'],
]

/**
 * Our packages by their sources; for the portable bundle also what replaces Node's own modules.
 * A source goes through the bundler's own resolver, which notes its package's type: without it, a file that is
 * named both ways would be bundled by the way that was seen first, and two builds would differ.
 */
const resolver = (isPortable) => ({
  name: 'starling',
  resolveId(source, importer) {
    const [, name, inside = 'index'] = /^@starling\/([a-z]+)(?:\/(.+))?$/.exec(source) ?? []
    if (name !== undefined) return this.resolve(`${packages}${name}/src/${inside}.ts`, importer, { skipSelf: true })
    if (!isPortable || importer === undefined) return undefined
    const found = STAND_INS.find(([pattern]) => pattern.test(source))
    return found === undefined || importer.startsWith(portable) ? undefined : `${portable}${found[1]}`
  },
})

async function build(input, isPortable, format) {
  const bundle = await rolldown({
    input: `${root}determinism/${input}`,
    cwd: root,
    platform: isPortable ? 'neutral' : 'node',
    external: isPortable ? [] : [/^node:/],
    plugins: [resolver(isPortable)],
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
