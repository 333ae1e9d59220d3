import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { digestOf } from './digestOf.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${root}determinism/`
const TAPE = `${folder}tape.jsonl.gz`
const HASHES = `${folder}appHashes.txt`
const BITS = `${folder}bits.json`
const VERSIONS = `${folder}versions.json`

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))
const writeJson = (path, value) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`)

/** The recorded tape: its head, then the transactions of each block, a line each. */
export const readTape = () => gunzipSync(readFileSync(TAPE)).toString('utf8')

/** The app hash of each block, and the bits of the vectors, the functions and the results. */
export const readGolden = () => ({ appHashes: readFileSync(HASHES, 'utf8').trimEnd().split('\n'), ...readJson(BITS) })

/** What the version of the state machine stands for: the tape, the hash after each of its blocks, and all results. */
export const digestOfTape = (tape, { appHashes, results }) => digestOf([tape, ...appHashes, results].join('\n'))

/** The version that the sources say. */
export function readAppVersion() {
  const source = readFileSync(`${root}packages/protocol/src/appVersion.ts`, 'utf8')
  return Number(/^export const APP_VERSION(?:: number)? = (\d+)$/m.exec(source)?.[1])
}

/** Each version of the state machine with the digest of its tape; `released` ones can never change. */
export const readVersions = () => (existsSync(VERSIONS) ? readJson(VERSIONS) : [])

/** Why the tape does not belong to the version of the sources, or nothing. */
export function versionFault({ appVersion, digest, versions }) {
  const known = versions.find((entry) => entry.appVersion === appVersion)
  if (known === undefined) {
    return `APP_VERSION is ${appVersion}, of which no tape is recorded; run "npm run determinism:record"`
  }
  if (known.digest === digest) return undefined
  return `the tape is not that of APP_VERSION ${appVersion}; a changed state machine needs the next APP_VERSION in the same commit`
}

/** The versions with this tape in it, or why that may not be. `replace` is for a version that nobody runs yet. */
export function withVersion({ appVersion, digest, versions, replace }) {
  const known = versions.find((entry) => entry.appVersion === appVersion)
  const others = versions.filter((entry) => entry !== known)
  const isSame = known === undefined || known.digest === digest
  if (!isSame && known.released === true) {
    throw new Error(`APP_VERSION ${appVersion} is released and this is another tape: raise APP_VERSION, then record.`)
  }
  if (!isSame && !replace) {
    throw new Error(
      `This tape is not that of APP_VERSION ${appVersion}. Raise APP_VERSION, then record; or, where nobody runs that version yet, record with "npm run determinism:record -- --replace".`,
    )
  }
  return [...others, { ...known, appVersion, digest }].toSorted((a, b) => a.appVersion - b.appVersion)
}

/** Writes all files of a recording. */
export function writeGolden(tape, { appHashes, ...bits }, versions) {
  writeFileSync(TAPE, gzipSync(tape, { level: 9 }))
  writeFileSync(HASHES, `${appHashes.join('\n')}\n`)
  writeJson(BITS, bits)
  writeJson(VERSIONS, versions)
}

/** The vectors' files by stage. */
export function readVectors() {
  const vectors = `${root}vectors/scoring/`
  const files = readdirSync(vectors).filter((file) => file.endsWith('.json'))
  return Object.fromEntries(
    files.toSorted().map((file) => [file.slice(0, -'.json'.length), readFileSync(`${vectors}${file}`, 'utf8')]),
  )
}

/** What differs between what an engine played and the golden bits, as sentences. */
export function differences({ vectors, functions, tape }, golden, samples) {
  const at = golden.appHashes.findIndex((hash, i) => hash !== tape.appHashes[i])
  const expected = golden.functions[samples]
  return [
    ...vectors.faults.slice(0, 3).map((fault) => `vectors: ${fault}`),
    ...(vectors.passed === golden.vectors.passed
      ? []
      : [`${vectors.passed} vectors instead of ${golden.vectors.passed}`]),
    ...(vectors.bits === golden.vectors.bits ? [] : ['the vectors gave other bits']),
    ...Object.keys(expected).flatMap((name) => (functions[name] === expected[name] ? [] : [`${name} gave other bits`])),
    ...(at === -1 ? [] : [`block ${at + 1} has the app hash ${tape.appHashes[at]} instead of ${golden.appHashes[at]}`]),
    ...(tape.appHashes.length === golden.appHashes.length ? [] : [`${tape.appHashes.length} blocks were played`]),
    ...(tape.results === golden.results ? [] : ['the results of transactions differ (code, gas, data or events)']),
  ]
}
