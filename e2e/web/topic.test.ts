import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../harness/eventually.ts'
import { findChromium } from '../harness/findChromium.ts'
import { openPage, startBrowser } from '../harness/openPage.ts'
import { openScope, scoped } from '../harness/scope.ts'
import { type Network, startNetwork } from '../harness/startNetwork.ts'
import { wcagFaults, widerBy } from '../harness/wcagFaults.ts'

const executablePath = findChromium('The page of a topic is not looked at')
const shared = openScope()
/** Settled epochs after which a topic has something to show. */
const ENOUGH = 4n

/** The numbers of the page's chart of that many, by epoch: rows of cells under the names of the columns. */
async function numbersOf(page: Page, chart: number): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const figure = page.locator('figure.chart').nth(chart)
  await figure.getByText('Its numbers').click()
  const downloading = page.waitForEvent('download')
  await figure.getByRole('button', { name: 'Download as CSV' }).click()
  const csv = readFileSync(await (await downloading).path(), 'utf8')
  const [head = [], ...rows] = csv
    .trimEnd()
    .split('\r\n')
    .map((line) => line.match(/"[^"]*"|[^,]+|(?<=,)(?=,|$)/g) ?? [])
  return new Map(
    rows.map((cells) => [cells[0] ?? '', Object.fromEntries(head.map((name, i) => [name, cells[i] ?? '']))]),
  )
}

describe.skipIf(executablePath === undefined)('the page of a topic', () => {
  let network: Network
  let browser: Browser

  beforeAll(async () => {
    network = await startNetwork(shared, { pace: 2, args: ['--seed', 'topics'] })
    browser = await startBrowser(shared, executablePath ?? '')
    await eventually('settled epochs', async () => {
      const topics = await network.client.topicsUnverified()
      return topics.every(({ settledEpochs }) => settledEpochs >= ENOUGH) || undefined
    })
  })
  afterAll(() => shared.close())

  it(
    'draws answers, truths and intervals as REST gives them',
    scoped(async (scope) => {
      const { page, faults } = await openPage(scope, browser)
      await page.goto(`${network.url}/#/topic/1`)
      await page.locator('.key.band').first().waitFor()
      const numbers = await numbersOf(page, 0)
      expect(numbers.size).toBeGreaterThanOrEqual(Number(ENOUGH))
      for (const record of await network.client.epochsUnverified(1n)) {
        const row = numbers.get(String(record.nonce))
        if (row === undefined) continue
        expect(Number(row.answer)).toBe(record.network?.combined[0])
        expect(Number(row.truth)).toBe(record.truth)
        const { answer } = await network.client.answerUnverified(1n, record.nonce)
        const interval = answer.intervals.find(({ level }) => level === 0.8)
        expect(Number(row['"80 % interval, from"'])).toBe(interval?.lower)
        expect(Number(row['"80 % interval, to"'])).toBe(interval?.upper)
      }
      expect(faults).toEqual([])
    }),
  )

  it(
    'draws shares in the answer that are those of the records, and sum to the whole',
    scoped(async (scope) => {
      const { page } = await openPage(scope, browser)
      await page.goto(`${network.url}/#/topic/2`)
      await page.locator('figure.chart canvas').nth(1).waitFor()
      const numbers = await numbersOf(page, 1)
      for (const [nonce, row] of numbers) {
        const record = await network.client.epochUnverified(2n, BigInt(nonce))
        const shares = record.network?.weights.map(({ value }) => value) ?? []
        const { epoch: _, ...lines } = row
        const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
        expect(sum(Object.values(lines).map(Number))).toBeCloseTo(sum(shares), 9)
      }
      expect(numbers.size).toBeGreaterThan(0)
    }),
  )

  it(
    'says in which phase each open epoch is, and for how long',
    scoped(async (scope) => {
      const { page } = await openPage(scope, browser)
      await page.goto(`${network.url}/#/topic/1`)
      const now = page.locator('.steps [aria-current=step]').first()
      await now.getByText(/^\d+ blocks? to go, about \d+ s$/).waitFor()
      const names = await page.locator('.steps').first().locator('li').allTextContents()
      expect(names.map((text) => text.replace(/(blocks? \d|\d+ blocks?).*/, ''))).toEqual([
        'models commit',
        'models reveal',
        'reputers commit the truth',
        'reputers reveal the truth',
        'settled',
      ])
    }),
  )

  it(
    'has the ledger of coverage and the bins of reliability that REST gives',
    scoped(async (scope) => {
      const { page } = await openPage(scope, browser)
      for (const [topic, caption, rows] of [
        [1n, 'How often intervals held the truth', 3],
        [2n, 'How often events came true, by what was said', 10],
        [3n, 'How often sets of labels held the truth', 3],
      ] as const) {
        await page.goto(`${network.url}/#/topic/${topic}`)
        const table = page.getByRole('table', { name: caption })
        await table.waitFor()
        expect(await table.locator('tbody tr').count()).toBe(rows)
        await eventually('the ledger of the newest settled epoch', async () => {
          const { levels, bins } = await network.client.calibrationUnverified(topic)
          const shown = await table
            .locator('tbody tr')
            .evaluateAll((all) =>
              all.map((row) => Array.from(row.querySelectorAll('td'), ({ textContent }) => textContent)),
            )
          const told = [
            ...levels.map(({ level, hits, epochs }) => [`${100 * level} %`, String(hits), String(epochs)]),
            ...bins.map(({ n }) => [String(n)]),
          ]
          const seen = shown.map((cells) => (topic === 2n ? [cells[1]] : cells.slice(0, 3)))
          return JSON.stringify(seen) === JSON.stringify(told) || undefined
        })
      }
    }),
  )

  it(
    'has the ladder over what the chart shows, with uptime, owners and contribution',
    scoped(async (scope) => {
      const { page } = await openPage(scope, browser)
      await page.goto(`${network.url}/#/topic/1`)
      const ladder = page.getByRole('table', { name: /^Loss ladder/ })
      await ladder.waitFor()
      for (const head of ['skill', 'originality', 'share', 'reward', 'uptime', 'owner']) {
        expect(await ladder.getByRole('columnheader', { name: head }).count()).toBe(1)
      }
      await ladder.getByText('best in hindsight').waitFor()
      await ladder.getByText('itself').first().waitFor()
      const epochs = (): Promise<string | null> =>
        ladder.locator('tr', { hasText: 'the network' }).locator('td').nth(9).textContent()
      const all = Number(await epochs())
      await page.getByRole('button', { name: 'Look nearer' }).first().click()
      await eventually('a shorter ladder', async () => Number(await epochs()) < all || undefined)
    }),
  )

  it(
    'compares any two sides, named in the address, on the losses that REST gives',
    scoped(async (scope) => {
      const { page } = await openPage(scope, browser)
      await page.goto(`${network.url}/#/topic/1/compare?a=network&b=median`)
      await page.locator('.verdict').waitFor()
      const numbers = await numbersOf(page, 0)
      const [first] = await network.client.lossesUnverified(1n)
      const row = numbers.get(String(first?.nonce))
      expect(Number(row?.['the network'])).toBe(first?.combined)
      const worker = first?.inferers[0]
      await page
        .getByRole('combobox')
        .nth(1)
        .selectOption(worker?.address ?? '')
      await page.waitForURL(new RegExp(`compare\\?a=network&b=${worker?.address}$`))
      await eventually('the worker’s losses', async () => {
        const table = page.getByRole('table', { name: /^On the \d+ epochs/ })
        return /mean loss of allo1/.test((await table.textContent()) ?? '') || undefined
      })
      await page.reload()
      expect(await page.getByRole('combobox').nth(1).inputValue()).toBe(worker?.address)
    }),
  )

  it(
    'buys an answer and funds the topic from the dev wallet, and shows the proven receipt',
    scoped(async (scope) => {
      const { page, faults } = await openPage(scope, browser)
      await page.goto(`${network.url}/#/topic/1`)
      const wallet = page.getByRole('region', { name: 'Dev wallet' })
      await wallet.getByText('Local network only').waitFor()
      await wallet.getByLabel('Seed of the network').fill('another')
      await wallet.getByRole('button', { name: 'Open' }).click()
      await wallet.getByText('This chain has no dev account of that seed.').waitFor()
      await wallet.getByLabel('Seed of the network').fill('topics')
      await wallet.getByRole('button', { name: 'Open' }).click()
      await wallet.getByLabel('Pay in ALLO').fill('0.25')
      await wallet.getByLabel('Your mark').fill('from the page')
      await wallet.getByRole('button', { name: 'Buy' }).click()
      const receipt = wallet.locator('.receipt')
      await receipt.locator('.mark.verified').waitFor({ timeout: 60_000 })
      expect(await receipt.textContent()).toMatch(/Receipt \d+.*paid0\.25 ALLO.*markfrom the page/)
      await wallet.getByLabel('Amount in ALLO').fill('3')
      await wallet.getByRole('button', { name: 'Fund' }).click()
      await wallet.getByText(/^✓ Paid in block/).waitFor({ timeout: 60_000 })
      const { paid, funded } = await network.client.paymentsUnverified(1n)
      expect(BigInt(paid)).toBeGreaterThanOrEqual(25n * 10n ** 16n)
      expect(BigInt(funded)).toBeGreaterThanOrEqual(3n * 10n ** 18n)
      // Who has no account yet, and a transaction that stands in no block yet, are answered with 404.
      expect(faults.filter((fault) => !fault.includes('404'))).toEqual([])
    }),
  )

  it.each([
    { width: 1440, colorScheme: 'dark' as const },
    { width: 360, colorScheme: 'light' as const },
  ])('breaks no rule of WCAG 2.2 AA at $width pixels, $colorScheme', async ({ width, colorScheme }) => {
    const scope = openScope()
    try {
      const { page } = await openPage(scope, browser, { viewport: { width, height: 900 }, colorScheme })
      for (const [view, ready] of [
        ['#/topic/1', '#calibration'],
        ['#/topic/2', '#calibration'],
        ['#/topic/3', '#calibration'],
        ['#/topic/1/compare?a=network&b=mean', '.verdict'],
      ] as const) {
        await page.goto(`${network.url}/${view}`)
        await page.locator(ready).first().waitFor()
        expect(await wcagFaults(page)).toEqual([])
        expect(await widerBy(page)).toBe(0)
      }
    } finally {
      await scope.close()
    }
  })
})
