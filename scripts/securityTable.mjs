import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { root } from './install.mjs'
import { SECURITY_ROWS } from './securityRows.mjs'

// npm run security: writes docs/security.md from the titles of the tests; with --check it only says whether that is done.

const PAGE = `${root}docs/security.md`
const ID = /\b(?:AUD-[HM]|ADV-|API-|FL-)\d+\b/g

function testFiles() {
  return ['packages', 'e2e', 'scripts'].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true })
      .map((entry) => `${folder}/${entry.replaceAll('\\', '/')}`)
      .filter((file) => /\.test\.(ts|mjs)$/.test(file) && !/node_modules|\/dist\//.test(file)),
  )
}

/** Files by the ids in their titles; a title is any text in quotes. */
function coverage() {
  const files = new Map()
  for (const file of testFiles().toSorted()) {
    const text = readFileSync(`${root}${file}`, 'utf8')
    const titles = text.match(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|"(?:[^"\\\n]|\\.)*"/g) ?? []
    for (const id of new Set(titles.join('\n').match(ID))) files.set(id, [...(files.get(id) ?? []), file])
  }
  return files
}

function page(files) {
  const known = new Set(SECURITY_ROWS.map(({ id }) => id))
  const strangers = [...files.keys()].filter((id) => !known.has(id))
  if (strangers.length > 0)
    throw new Error(`tests name ids that no row of securityRows.mjs has: ${strangers.join(', ')}`)
  const covered = SECURITY_ROWS.filter(({ id }) => files.has(id))
  const open = SECURITY_ROWS.filter(({ id, waitsFor }) => !files.has(id) && waitsFor === undefined)
  const rows = SECURITY_ROWS.map(({ id, what, waitsFor }) => {
    const links = (files.get(id) ?? []).map((file) => `[${file.split('/').at(-1)}](../${file})`)
    const waits = waitsFor === undefined ? 'open' : `waits for ${waitsFor}`
    return `| ${id} | ${what} | ${links.length === 0 ? waits : links.join(', ')} |`
  })
  return `# What must not happen

Generated from the titles of the tests by \`npm run security\`. Of ${SECURITY_ROWS.length} rows ${covered.length} have
tests, ${SECURITY_ROWS.length - covered.length - open.length} wait for a part that is not built yet, ${open.length} are open.

| id | what must not happen | tests |
| --- | --- | --- |
${rows.join('\n')}
`
}

const wanted = page(coverage())
let kept = ''
try {
  kept = readFileSync(PAGE, 'utf8')
} catch (error) {
  if (error.code !== 'ENOENT') throw error
}
if (!process.argv.includes('--check')) writeFileSync(PAGE, wanted)
else if (kept !== wanted) {
  process.stderr.write(
    'docs/security.md is not what the titles of the tests say. Write it anew with "npm run security".\n',
  )
  process.exitCode = 1
}
