import { readFileSync } from 'node:fs'
import { fromJson } from '@bufbuild/protobuf'
import { type LongTopic, openLongTopic } from '@starling/node/server/testing/longTopic'
import { GetHistoryResponseSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../harness/eventually.ts'
import { findChromium } from '../harness/findChromium.ts'
import { type LoneNode, openLoneNode } from '../harness/openLoneNode.ts'
import { openPage, startBrowser } from '../harness/openPage.ts'
import { openScope, scoped } from '../harness/scope.ts'

const executablePath = findChromium('A topic of 100,000 epochs is not looked at')
const shared = openScope()
const EPOCHS = 100_000

/** Lets the node of a page say of topic 1 what it would say after so many epochs. */
async function lengthen(page: Page, long: LongTopic): Promise<void> {
  await page.route('**/starling/v1/topics/1', async (route) => {
    const json = await (await route.fetch()).json()
    const counts = { settled_epochs: String(EPOCHS), first_nonce: String(long.oldest) }
    Object.assign(json.topic, counts, { newest_nonce: String(long.newest), last_settled: String(long.newest) })
    return route.fulfill({ json })
  })
  await page.route(/\/starling\/v1\/topics\/1\/(history|tally)/, (route) =>
    route.fulfill({ json: long.answer(route.request().url()) }),
  )
}

describe.skipIf(executablePath === undefined)('a topic of 100,000 epochs', () => {
  let lone: LoneNode
  let browser: Browser
  let long: LongTopic

  beforeAll(async () => {
    lone = await openLoneNode(shared)
    lone.mine()
    await lone.createTopics(['long'])
    lone.mine(3)
    long = openLongTopic({ epochs: EPOCHS, workers: 2, epochLength: 1000n })
    browser = await startBrowser(shared, executablePath ?? '')
  })
  afterAll(() => shared.close())

  const open = async (page: Page, query = ''): Promise<void> => {
    await lengthen(page, long)
    await page.goto(`${lone.url}/#/topic/1${query}`)
    await page.locator('.chart canvas').first().waitFor()
  }
  const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
  const inView = async (page: Page): Promise<readonly number[]> =>
    Promise.all(['from', 'to'].map(async (name) => Number(await field(page, name).inputValue())))
  const ladderEpochs = async (page: Page): Promise<number> => {
    const row = page.getByRole('table', { name: /^Loss ladder/ }).locator('tr', { hasText: 'the network' })
    return Number(await row.locator('td').nth(9).textContent())
  }

  it(
    'shows the newest, older ones as one moves there, and all, with the numbers that REST gives',
    scoped(async (scope) => {
      const { page, faults } = await openPage(scope, browser)
      await open(page)
      const newest = Number(long.newest)
      await eventually(
        'the newest',
        async () => (await inView(page)).join() === [newest - 63_000, newest].join() || undefined,
      )
      await page.getByRole('button', { name: 'Move left' }).first().click()
      await eventually('older ones', async () => ((await inView(page))[1] ?? newest) < newest || undefined)
      await page.getByRole('combobox', { name: /^Epochs/ }).selectOption('all')
      await eventually('all', async () => (await inView(page)).join() === [1000, newest].join() || undefined)
      const older = page.getByText(/^Asking for older epochs/)
      await older.waitFor()
      await older.waitFor({ state: 'hidden', timeout: 100_000 })
      const figure = page.locator('figure.chart').first()
      await figure.getByText('Its numbers').click()
      const downloading = page.waitForEvent('download')
      await figure.getByRole('button', { name: 'Download as CSV' }).click()
      const lines = readFileSync(await (await downloading).path(), 'utf8')
        .trimEnd()
        .split('\r\n')
      expect(lines.length).toBe(EPOCHS + 1)
      for (const at of [1, 40_000, EPOCHS]) {
        const [nonce, ...numbers] = (lines[at] ?? '').split(',').map(Number)
        const asked = long.answer(`/starling/v1/topics/1/history?after=${(nonce ?? 0) - 1}&limit=1`)
        const { answers, truths, intervals } = fromJson(GetHistoryResponseSchema, asked as never)
        const [, shown] = intervals
        expect([nonce, ...numbers]).toEqual([1000 * at, answers[0], truths[0], shown?.lower[0], shown?.upper[0]])
      }
      expect(faults).toEqual([])
    }),
  )

  it(
    'sums the ladder over exactly the epochs that are chosen, and keeps the choice in the address',
    scoped(async (scope) => {
      const { page } = await openPage(scope, browser)
      await open(page)
      await field(page, 'from').fill('20000000')
      await field(page, 'to').fill('21999000')
      await page.getByRole('button', { name: 'Show', exact: true }).click()
      await eventually('a ladder of 2,000 epochs', async () => (await ladderEpochs(page)) === 2000 || undefined)
      await page.waitForURL(/from=20000000&to=21999000$/)
      await page.reload()
      await eventually('the same ladder', async () => (await ladderEpochs(page)) === 2000 || undefined)
      const first = page.getByRole('table', { name: 'Epochs, newest first' }).locator('tbody tr td').first()
      expect(await first.textContent()).toBe('21999000')
      await page.goto(`${lone.url}/#/topic/1?from=5000&to=9000`)
      await eventually('another ladder', async () => (await ladderEpochs(page)) === 5 || undefined)
    }),
  )
})
