import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../harness/findChromium.ts'
import { run } from '../harness/launch.ts'
import { openPage, startBrowser } from '../harness/openPage.ts'
import { openScope, type Scope, scoped } from '../harness/scope.ts'
import { servePage } from '../harness/servePage.ts'
import { wcagFaults, widerBy } from '../harness/wcagFaults.ts'

const executablePath = findChromium('Backtests in the page are not looked at')
const shared = openScope()

/** Models that know the truth more or less; every seventh truth is missing, every ninth answer of one model. */
function makeTable(rows: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const truth = 10 + 3 * Math.sin(i / 5)
    const said = (error: number): string => (truth + error * Math.cos(i * 2.3 + error)).toFixed(4)
    return [i % 7 === 6 ? '' : truth.toFixed(4), said(0.5), i % 9 === 8 ? 'NA' : said(1), said(-2)].join(',')
  })
  return `${['truth,good,fair,"a, b"', ...lines].join('\n')}\n`
}

async function give(page: Page, name: string, content: string | Uint8Array): Promise<void> {
  const buffer = Buffer.from(content)
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer })
}

async function downloaded(page: Page, button: string): Promise<string> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).click()
  return readFileSync(await (await downloading).path(), 'utf8')
}

/** What the command line prints and writes for the same table. */
async function onTheCommandLine(scope: Scope, name: string, table: string, ...options: readonly string[]) {
  const cwd = scope.folder()
  writeFileSync(join(cwd, name), table)
  const { code, stdout, stderr } = await run(scope, ['backtest', name, '--json', '--out', 'out.csv', ...options], {
    cwd,
  })
  return { code, stderr, report: code === 0 ? JSON.parse(stdout) : {}, out: join(cwd, 'out.csv') }
}

describe.skipIf(executablePath === undefined)('a backtest in the page', () => {
  let browser: Browser
  let url: string

  beforeAll(async () => {
    url = await servePage(shared)
    browser = await startBrowser(shared, executablePath ?? '')
  })
  afterAll(() => shared.close())

  it(
    'gives the report and the answers of the command line, value by value, with no node at hand',
    scoped(async (scope) => {
      const table = makeTable(300)
      const told = await onTheCommandLine(scope, 'panel.csv', table, '--loss', 'absolute', '--warmup', '20', '--all')
      const { page } = await openPage(scope, browser)
      await page.goto(`${url}/#/backtest`)
      await page.getByLabel('Loss').fill('absolute')
      await page.getByLabel('Warm-up').fill('20')
      await page.getByLabel('all syntheses').check()
      await give(page, 'panel.csv', table)
      await page.getByRole('heading', { name: 'panel.csv' }).waitFor()
      const report = JSON.parse(await downloaded(page, 'Download the report as JSON'))
      expect({ ...report, seconds: 0 }).toEqual({ ...told.report, seconds: 0 })
      expect(report.scored).toBeGreaterThan(200)
      const answers = await downloaded(page, 'Download answers, intervals and weights as CSV')
      expect(answers).toBe(readFileSync(told.out, 'utf8'))
      const cells = await page.getByRole('table', { name: 'Models' }).locator('tbody td:first-child').allTextContents()
      expect(cells.toSorted()).toEqual(['a, b', 'fair', 'good'])
      await page.getByText(/^The network loses .* the best single model in hindsight\.$/).waitFor()
    }),
  )

  it(
    'draws the running losses, whose last values are those of the report',
    scoped(async (scope) => {
      const { page } = await openPage(scope, browser)
      await page.goto(`${url}/#/backtest`)
      await give(page, 'panel.csv', makeTable(200))
      await page.locator('.chart canvas').waitFor()
      const report = JSON.parse(await downloaded(page, 'Download the report as JSON'))
      await page.getByText('Its numbers').click()
      const csv = await downloaded(page, 'Download as CSV')
      const [head, ...rows] = csv.trimEnd().split('\r\n')
      expect(head).toBe('epoch,network (tower),plain mean,best model: good')
      const last = rows.at(-1)?.split(',').map(Number) ?? []
      expect(last[0]).toBe(199)
      for (const [i, loss] of [report.loss.network, report.loss.mean, report.loss.bestModel].entries()) {
        expect(last[i + 1]).toBeCloseTo(loss, 9)
      }
    }),
  )

  it(
    'reads gzip by its content',
    scoped(async (scope) => {
      const { page } = await openPage(scope, browser)
      await page.goto(`${url}/#/backtest`)
      await give(page, 'packed.csv.gz', gzipSync(makeTable(50)))
      await page.getByText(/^\d+ of 50 rows scored, \d+ epochs, 3 models/).waitFor()
    }),
  )

  it.each([
    ['text.csv', 'truth,a\n1,2\n2,x\n', []],
    ['lost.csv', 'when,a\n1,2\n', []],
    ['quote.csv', 'truth,a\n1,"2\n', []],
    ['zip.csv', 'PK\u0003\u0004', []],
    ['warm.csv', 'truth,a\n1,2\n', [['Warm-up', '--warmup', '1.5']]],
    ['loss.csv', 'truth,a\n1,2\n', [['Loss', '--loss', 'rmse']]],
    ['below.csv', 'truth,a\n1,-2\n', [['Loss', '--loss', 'qlike']]],
  ] as const)(
    'refuses %s in the words of the command line',
    scoped(async (scope, name, table, options) => {
      const flags = options.flatMap(([, flag, value]) => [flag, value])
      const { code, stderr } = await onTheCommandLine(scope, name, table, ...flags)
      expect(code).toBe(2)
      const { page } = await openPage(scope, browser)
      await page.goto(`${url}/#/backtest`)
      for (const [label, , value] of options) await page.getByLabel(label).fill(value)
      await give(page, name, table)
      expect(await page.locator('main .failure p').textContent()).toBe(stderr.trimEnd())
    }),
  )

  it(
    'shows how far it is, and stops when it is told to',
    scoped(async (scope) => {
      const { page } = await openPage(scope, browser)
      await page.goto(`${url}/#/backtest`)
      await give(page, 'long.csv', makeTable(100_000))
      await page.getByText(/[\d\u202f]+ of 100\u202f000 epochs/).waitFor()
      await page.getByRole('button', { name: 'Cancel' }).click()
      await page.locator('progress').waitFor({ state: 'detached' })
      expect(await page.locator('#report').count()).toBe(0)
      await give(page, 'short.csv', makeTable(40))
      await page.getByRole('heading', { name: 'short.csv' }).waitFor()
    }),
  )

  it(
    'asks nobody for anything but the page’s own files while it reads and runs a table',
    scoped(async (scope) => {
      const { page, faults } = await openPage(scope, browser)
      await page.goto(`${url}/#/backtest`)
      const asked: string[] = []
      page.on('request', (request) => {
        if (request.method() !== 'GET' || request.postData() !== null) return void asked.push(request.url())
      })
      await give(page, 'panel.csv', makeTable(50))
      await page.locator('#report').waitFor()
      expect(asked.filter((one) => !one.endsWith('/rpc/'))).toEqual([])
      expect(faults.filter((fault) => /policy/i.test(fault))).toEqual([])
    }),
  )

  it(
    'runs the example that comes with it, as the command line does',
    scoped(async (scope) => {
      const { stdout } = await run(scope, ['backtest', '--example', '--json'], { cwd: scope.folder() })
      const { page } = await openPage(scope, browser)
      await page.goto(`${url}/#/backtest`)
      await page.getByRole('button', { name: 'Run the S&P 500 example' }).click()
      await page.locator('#report').waitFor()
      const report = JSON.parse(await downloaded(page, 'Download the report as JSON'))
      expect({ ...report, seconds: 0 }).toEqual({ ...JSON.parse(stdout), seconds: 0 })
    }),
  )

  it.each([
    { width: 1440, colorScheme: 'light' as const },
    { width: 360, colorScheme: 'dark' as const },
  ])('breaks no rule of WCAG 2.2 AA at $width pixels, $colorScheme', async ({ width, colorScheme }) => {
    const scope = openScope()
    try {
      const { page } = await openPage(scope, browser, { viewport: { width, height: 900 }, colorScheme })
      await page.goto(`${url}/#/backtest`)
      await page.getByText('More options').click()
      await page.getByLabel('all syntheses').check()
      await give(page, 'panel.csv', makeTable(60))
      await page.locator('#report').waitFor()
      await page.getByText('Its numbers').click()
      expect(await wcagFaults(page)).toEqual([])
      expect(await widerBy(page)).toBe(0)
    } finally {
      await scope.close()
    }
  })
})
