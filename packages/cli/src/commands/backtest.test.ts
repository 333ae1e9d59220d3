import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { example } from '@starling/sdk/backtest/example'
import type { BacktestReport } from '@starling/sdk/backtest/report'
import { afterAll, describe, expect, it } from 'vitest'
import { examplePanel } from '../backtest/examplePanel.ts'
import { runWith } from '../testing/testIo.ts'

const folder = mkdtempSync(join(tmpdir(), 'starling-backtest-'))
afterAll(() => rmSync(folder, { recursive: true }))

const TABLE = `epoch,time,truth,good,bad,good@f,bad@f
0,2024-01-01,10,10.5,12,-1,0.5
1,2024-01-02,11,10.5,9,-1,0.5
2,2024-01-03,,11,12,-1,0.5
3,2024-01-04,12,12.5,,-1,
4,2024-01-05,11,11.25,8,-1,0.5
`

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

async function reportOf(...argv: readonly string[]): Promise<BacktestReport> {
  const { code, stdout, stderr } = await runWith(['backtest', '--json', ...argv])
  expect([code, stderr]).toEqual([0, ''])
  return JSON.parse(stdout)
}

const panel = file('panel.csv', TABLE)

describe('backtest', () => {
  it('prints the report as one JSON document with the fields that programs read', async () => {
    const report = await reportOf(panel, '--synthesis', 'mean')
    expect(report).toMatchObject({
      rows: 5,
      scored: 4,
      skipped: { 'no truth': 1 },
      epochs: 4,
      seconds: expect.any(Number),
      synthesis: 'mean',
      loss: { network: (1.5625 + 1.5625 + 0.25 + 1.890625) / 4, bestModel: (0.25 * 3 + 0.0625) / 4 },
      bestModel: 'good',
      intervals: [0.5, 0.8, 0.95].map((level) => ({ level, epochs: 4 })),
    })
    expect(Object.keys(report.loss)).toEqual(['network', 'mean', 'median', 'bestModel'])
    expect(Object.keys(report.models[0] ?? {})).toEqual(
      expect.arrayContaining(['name', 'rows', 'loss', 'ratio', 'weight', 'reward']),
    )
    expect(Object.keys(report.intervals[0] ?? {})).toEqual(['level', 'hits', 'epochs', 'meanWidth'])
  })

  it('reads gzip by its content, and standard input', async () => {
    const { seconds: _, file: __, ...plain } = await reportOf(panel)
    const { seconds: ___, file: ____, ...packed } = await reportOf(file('packed.csv', gzipSync(TABLE)))
    const two = Buffer.concat([gzipSync(TABLE.slice(0, 60)), gzipSync(TABLE.slice(60))])
    const { seconds: _____, file: ______, ...members } = await reportOf(file('members.gz', two))
    expect([packed, members]).toEqual([plain, plain])
    const piped = await runWith(['backtest', '-', '--json'], { stdin: gzipSync(TABLE) })
    expect(JSON.parse(piped.stdout)).toMatchObject({ ...plain, file: 'standard input' })
  })

  it('writes answers, intervals and weights row by row, for every row of the table', async () => {
    const out = join(folder, 'out.csv')
    await reportOf(panel, '--out', out, '--synthesis', 'mean')
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n')
    expect(lines[0]).toBe('row,epoch,network,lower50,upper50,lower80,upper80,lower95,upper95,w:good,w:bad,w:@f')
    expect(lines).toHaveLength(6)
    const cells = lines.slice(1).map((line) => line.split(','))
    expect(cells.map(([row, epoch, network]) => [row, epoch, network])).toEqual([
      ['0', '0', '11.25'],
      ['1', '1', '9.75'],
      ['2', '2', '11.5'],
      ['3', '3', '12.5'],
      ['4', '4', '9.625'],
    ])
    expect(cells.map((row) => row.slice(9))).toEqual([
      ['0.5', '0.5', ''],
      ['0.5', '0.5', ''],
      ['0.5', '0.5', ''],
      ['1', '', ''],
      ['0.5', '0.5', ''],
    ])
    for (const row of cells) {
      const [l50, u50, l80, u80, l95, u95] = row.slice(3, 9).map(Number)
      const rising = [l95, l80, l50, Number(row[2]), u50, u80, u95]
      expect(rising.toSorted((a, b) => Number(a) - Number(b))).toEqual(rising)
    }
  })

  it('prints tables, a sentence and a plot for people, and writes the plot as SVG', async () => {
    const svg = join(folder, 'loss.svg')
    const { code, stdout, stderr } = await runWith(['backtest', panel, '--all', '--plot', svg])
    expect([code, stderr]).toEqual([0, `Wrote ${svg}.\n`])
    expect(stdout).toContain('4 of 5 rows scored, 4 epochs, 2 models; loss squared, synthesis tower')
    expect(stdout).toContain('Not scored: 1 rows: no truth.')
    expect(stdout).toMatch(/^best single model: good +0\.203125 /m)
    expect(stdout).toMatch(/^The network loses .* the plain mean, and .* the best single model in hindsight\.$/m)
    expect(stdout).toMatch(/^regret +\d/m)
    expect(stdout).toMatch(/^80 % +\d +4 /m)
    expect(stdout).toContain('● network (tower)')
    const picture = readFileSync(svg, 'utf8')
    expect(picture).toMatch(/^<svg .*<\/svg>\n$/s)
    for (const name of ['network (tower)', 'plain mean', 'best model: good']) expect(picture).toContain(name)
  })

  it('draws losses that lie far apart on a logarithmic axis, with ticks that fit', async () => {
    const svg = join(folder, 'far.svg')
    const rows = Array.from({ length: 40 }, (_, i) => `${i},${i + 1},${i - 1},${i % 2},1e13`)
    const far = file('far.csv', `truth,a,b,c,junk\n${rows.join('\n')}\n`)
    const { stdout } = await runWith(['backtest', far, '--plot', svg])
    expect(stdout).toContain('Running mean loss by epoch, on a logarithmic axis')
    const ticks = [...readFileSync(svg, 'utf8').matchAll(/<text[^>]*text-anchor="end"[^>]*>([^<]+)</g)].map(
      ([, tick]) => tick,
    )
    expect(ticks).toContain('1e+20')
    for (const tick of ticks) expect(tick?.length).toBeLessThan(10)
  })

  it('shows a bar on a terminal, and takes it away', async () => {
    const { code, stderr } = await runWith(['backtest', panel], { terminal: true, env: { NO_COLOR: '1' } })
    expect(code).toBe(0)
    expect(stderr).toMatch(/█ \d of 5 epochs/)
  })

  it.each([
    [[], 2, 'backtest needs a table'],
    [[panel, '--example'], 2, 'and not both'],
    [[join(folder, 'none.csv')], 3, 'cannot be read'],
    [[folder], 3, 'cannot be read'],
    [[panel, '--loss', 'rmse'], 2, '--loss: there is no loss "rmse". There are squared, '],
    [[panel, '--loss', 'huber'], 2, 'huber needs its parameter'],
    [[panel, '--loss', 'quantile:2'], 2, '"quantile:2"'],
    [[panel, '--loss', 'squared:2'], 2, '"squared:2"'],
    [[panel, '--warmup', '-1'], 2, '--warmup must be'],
    [[panel, '--warmup', '1.5'], 2, '--warmup must be'],
    [[panel, '--where', 'epoch'], 2, '--where must look like column=value'],
    [[panel, '--synthesis', 'magic'], 2, 'Allowed choices are tower, regret, mean, median'],
    [[panel, '--ignore', 'truth'], 2, 'there is no column "truth"'],
    [[file('book.xlsx', 'PK\u0003\u0004rest')], 2, 'is a zip file or a spreadsheet'],
    [[file('utf16.csv', Buffer.from('\uFEFFtruth,a\n1,2\n', 'utf16le'))], 2, 'is UTF-16 text'],
    [[file('latin.csv', Buffer.from('truth,modèle\n1,2\n', 'latin1'))], 2, 'is not UTF-8 text'],
    [[file('cut.gz', gzipSync(TABLE).subarray(0, 60))], 3, 'cannot be read'],
    [[file('text.csv', 'truth,a\n1,x\n')], 2, 'text.csv, line 2, column "a": "x" is not a number'],
    [[panel, '--out', join(folder, 'no', 'out.csv')], 3, 'cannot be written'],
  ] as const)('%j ends with %d', async (argv, code, sentence) => {
    const ran = await runWith(['backtest', ...argv])
    expect(ran.code).toBe(code)
    expect(ran.stderr).toContain(sentence)
    expect(ran.stdout).toBe('')
  })

  it('writes over nothing that it reads, and nothing twice', async () => {
    const link = join(folder, 'link.csv')
    symlinkSync(panel, link)
    for (const path of [panel, link, `${folder}/./panel.csv`]) {
      for (const flag of ['--out', '--plot']) {
        const { code, stderr } = await runWith(['backtest', panel, flag, path])
        expect([code, stderr]).toEqual([2, expect.stringContaining(`${flag} would write over the table itself`)])
      }
    }
    expect(readFileSync(panel, 'utf8')).toBe(TABLE)
    const same = join(folder, 'same')
    const twice = await runWith(['backtest', panel, '--out', same, '--plot', same])
    expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining('--out and --plot name the same file')])
    expect(existsSync(same)).toBe(false)
  })

  it('says before the work that a file cannot be written', async () => {
    const missing = join(folder, 'none.csv')
    for (const [path, code, sentence] of [
      ['-', 2, '--out needs the name of a file, got "-".'],
      ['', 2, '--out needs the name of a file, got "".'],
      [folder, 3, 'cannot be written: it is a directory.'],
      [join(folder, 'no', 'out.csv'), 3, 'cannot be written'],
      [join(panel, 'out.csv'), 3, 'cannot be written'],
    ] as const) {
      const ran = await runWith(['backtest', missing, '--out', path])
      expect([ran.code, ran.stderr]).toEqual([code, expect.stringContaining(sentence)])
    }
  })

  it('says of a loss that takes a parameter how it scores', async () => {
    const median = await reportOf(panel, '--loss', 'quantile:0.5', '--synthesis', 'mean')
    const absolute = await reportOf(panel, '--loss', 'absolute', '--synthesis', 'mean')
    expect(median.loss.network).toBeCloseTo((absolute.loss.network ?? 0) / 2, 12)
  })

  it('makes the example from the packaged data: a row a day, models, and forecasts of their losses', async () => {
    const lines: string[] = []
    for await (const piece of examplePanel(() => {})) {
      lines.push(piece)
      if (lines.length === 6) break
    }
    const [header = '', ...rows] = lines.map((line) => line.trimEnd().split(','))
    expect(header).toContain('har@momentum')
    expect(rows).toHaveLength(5)
    for (const row of rows) expect(row).toHaveLength(header.length)
    const small = file('example.csv', lines.join(''))
    const report = await reportOf(small, '--loss', example.loss)
    expect(report).toMatchObject({ rows: 5, scored: 5, lossMethod: 'qlike' })
    expect(report.forecasters.map(({ name }) => name)).toEqual(['momentum', 'record'])
  })
})
