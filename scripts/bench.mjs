import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { prepare, root, run } from './install.mjs'

// npm run bench: prints the figures of every program in bench/, or of those named on the command line. With --markdown it
// also writes the tables of these programs into docs/benchmarks.md; without names it then runs those that have a place there.

const PAGE = `${root}docs/benchmarks.md`
const wanted = process.argv.slice(2).filter((word) => word !== '--markdown')
const isForPage = process.argv.includes('--markdown')

/** What a program found, as its tables and aims. */
function runProgram(file, folder) {
  const report = join(folder, `${file}.jsonl`)
  const env = { ...process.env, STARLING_BENCH_REPORT: report }
  const { status } = spawnSync(process.execPath, [`bench/${file}`], { cwd: root, stdio: 'inherit', env })
  if (status !== 0) process.exitCode = 1
  const lines = existsSync(report) ? readFileSync(report, 'utf8').trim().split('\n') : []
  return lines.map((line) => JSON.parse(line))
}

function toMarkdown(parts) {
  const blocks = parts.filter(({ kind }) => kind === 'table').map(tableToMarkdown)
  const aims = parts.filter(({ kind }) => kind === 'aim')
  if (aims.length > 0) {
    const rows = aims.map(({ what, figure, bound, holds }) => [what, figure, bound, holds ? 'met' : '**missed**'])
    blocks.push(tableToMarkdown({ title: 'Aims', columns: ['what', 'figure', 'aim', ''], rows }))
  }
  return blocks.join('\n\n')
}

function tableToMarkdown({ title, note, columns, rows }) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  const rule = columns.map((_, i) => (i === 0 ? '---' : '--:'))
  const heading = `**${title}**${note === undefined ? '' : `: ${note}`}`
  return [heading, '', line(columns), line(rule), ...rows.map(line)].join('\n')
}

/** Puts text between the two marks of a name. */
function fill(page, name, text) {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [page.indexOf(begin), page.indexOf(end)]
  if (from === -1 || to < from)
    throw new Error(`docs/benchmarks.md has no place for ${name}: add the lines ${begin} and ${end} where it belongs`)
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`
}

/** The machine and how busy it was, without anything that tells whose it is. */
function machine(load) {
  const [core] = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const day = new Date().toISOString().slice(0, 10)
  return `${core?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${memory} GiB, ${process.platform} ${process.arch}, Node.js ${process.versions.node}; load average ${load.toFixed(1)} before the last run, ${day}.`
}

prepare()
const [load] = loadavg()
const programs = readdirSync(`${root}bench`).filter((file) => file.endsWith('.mjs'))
const text = readFileSync(PAGE, 'utf8')
const isOnPage = (file) => text.includes(`<!-- bench ${file.replace(/\.mjs$/, '')} -->`)
const chosen = programs.filter((file) =>
  wanted.length > 0 ? wanted.some((name) => file.startsWith(name)) : !isForPage || isOnPage(file),
)
const strangers = wanted.filter((name) => !programs.some((file) => file.startsWith(name)))
if (strangers.length > 0) {
  const names = programs.map((file) => file.replace(/\.mjs$/, '')).join(', ')
  process.stderr.write(`there is no bench ${strangers.join(', ')}; choose of ${names}\n`)
  process.exit(2)
}
const folder = mkdtempSync(join(tmpdir(), 'bench-'))
try {
  for (const file of chosen.toSorted()) {
    const started = performance.now()
    const parts = runProgram(file, folder)
    console.log(`  (${file} took ${Math.round((performance.now() - started) / 1000)} s)\n`)
    if (!isForPage || parts.length === 0) continue
    const page = fill(readFileSync(PAGE, 'utf8'), `bench ${file.replace(/\.mjs$/, '')}`, toMarkdown(parts))
    writeFileSync(PAGE, fill(page, 'machine', machine(load)))
  }
  if (isForPage) run(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', PAGE])
} finally {
  rmSync(folder, { recursive: true })
}
