import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../harness/eventually.ts'
import { findChromium } from '../harness/findChromium.ts'
import { lieThrough } from '../harness/lieThrough.ts'
import { openLoneNode } from '../harness/openLoneNode.ts'
import { openPage, startBrowser } from '../harness/openPage.ts'
import { openScope, scoped } from '../harness/scope.ts'
import { servePage } from '../harness/servePage.ts'
import { startNetwork, untilHeight } from '../harness/startNetwork.ts'
import { startTcpProxy } from '../harness/tcpProxy.ts'
import { wcagFaults, widerBy } from '../harness/wcagFaults.ts'

const executablePath = findChromium('The explorer is not looked at when things go wrong')
const shared = openScope()
const FOREIGN = 'elsewhere.example'

const rowsOf = (page: Page) => page.getByRole('table', { name: /^Blocks/ }).locator('tbody tr')
const heightsOf = async (page: Page): Promise<readonly number[]> =>
  (await rowsOf(page).locator('td:first-child').allTextContents()).map((text) => Number(text.replace(/\D/g, '')))
const isWhole = (heights: readonly number[]): boolean => heights.every((height, i) => height === (heights[0] ?? 0) - i)

/** Waits until the newest block of the list is at least this high. */
const untilShown = (page: Page, height: number): Promise<readonly number[]> =>
  eventually(`block ${height} on screen`, async () => {
    const heights = await heightsOf(page)
    return (heights[0] ?? 0) >= height ? heights : undefined
  })

describe.skipIf(executablePath === undefined)('the explorer, when things go wrong', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser(shared, executablePath ?? '', [`--host-resolver-rules=MAP ${FOREIGN} 127.0.0.1`])
  })
  afterAll(() => shared.close())

  it(
    'names a node that was killed, lets its numbers grow grey, and goes on without a hole when it is back',
    scoped(async (scope) => {
      const network = await startNetwork(scope, { pace: 2, args: ['--seed', 'faults'] })
      const { page } = await openPage(scope, browser)
      await page.goto(`${network.url}/#/blocks`)
      await rowsOf(page).nth(2).waitFor()
      await page.locator('main[data-age=fresh]').waitFor()
      const colour = (): Promise<unknown> => page.evaluate('getComputedStyle(document.querySelector("main td")).color')
      const fresh = await colour()
      await network.up.stop('SIGKILL')
      await page.locator('.banner').getByText(`The node at ${network.url} does not answer`).waitFor()
      await page.locator('main[data-age=old]').waitFor()
      expect(await colour()).not.toBe(fresh)
      expect(await wcagFaults(page)).toEqual([])
      const [before = 0] = await heightsOf(page)
      const again = await startNetwork(scope, { after: network, pace: 2 })
      const height = await untilHeight(again, BigInt(before) + 2n)
      expect(isWhole(await untilShown(page, Number(height)))).toBe(true)
      await page.locator('main[data-age=fresh]').waitFor()
      await page.locator('.banner').waitFor({ state: 'detached' })
    }),
  )

  it(
    'names a node that lags behind its network, with the block that it is at',
    scoped(async (scope) => {
      const lone = await openLoneNode(scope)
      lone.mine(8)
      const { page } = await openPage(scope, browser)
      await lieThrough(page, 'status', (result) => {
        const { sync_info: info }: { sync_info: { catching_up: boolean } } = Object(result)
        info.catching_up = true
      })
      await page.goto(`${lone.url}/#/blocks`)
      await rowsOf(page).first().waitFor()
      const said = `The node at ${lone.url} is behind: it is catching up with its network, and is at block 8.`
      await page.locator('.banner').getByText(said).waitFor()
      lone.mine()
      await page.locator('.banner').waitFor({ state: 'detached' })
    }),
  )

  it(
    'catches up by height after a cut, and takes 5,000 blocks in a burst',
    scoped(async (scope) => {
      const lone = await openLoneNode(scope)
      lone.mine(5)
      const line = await startTcpProxy(scope, lone.url)
      const { page, faults } = await openPage(scope, browser)
      await page.goto(`${line.url}/#/blocks`)
      await untilShown(page, 5)
      line.cut()
      lone.mine(30)
      await page.locator('.banner').getByText('does not answer').waitFor()
      expect((await heightsOf(page))[0]).toBe(5)
      line.mend()
      const heights = await untilShown(page, 35)
      expect([heights.length, isWhole(heights)]).toEqual([20, true])
      lone.mine(5000)
      const after = await untilShown(page, 5035)
      expect([after.length, isWhole(after)]).toEqual([20, true])
      await page.locator('.banner').waitFor({ state: 'detached' })
      expect(faults.filter((fault) => !fault.includes('ERR_') && !fault.includes('WebSocket'))).toEqual([])
    }),
  )

  it(
    'shows a block of 5,000 events in parts',
    scoped(async (scope) => {
      const lone = await openLoneNode(scope)
      lone.mine(3)
      const { page } = await openPage(scope, browser)
      await lieThrough(page, 'block_results', (result) => {
        const attributes = [{ key: 'amount', value: '5uallo', index: true }]
        const events = Array.from({ length: 5000 }, (_, i) => ({ type: `event_${i}`, attributes }))
        Object.assign(result, { finalize_block_events: events })
      })
      await page.goto(`${lone.url}/#/block/2`)
      const rows = page.getByRole('table', { name: /^Events/ }).locator('tbody tr')
      await rows.nth(199).waitFor()
      expect(await rows.count()).toBe(200)
      await page.getByRole('button', { name: /^Show more of 5.000 rows$/ }).click()
      await rows.nth(399).waitFor()
      await page.getByRole('button', { name: 'no.' }).click()
      await page.getByText('event_4999').waitFor()
    }),
  )

  it(
    'says that a chain is empty, and shows it as soon as it is not',
    scoped(async (scope) => {
      const lone = await openLoneNode(scope)
      const { page } = await openPage(scope, browser)
      await page.goto(`${lone.url}/#/`)
      await page
        .locator('.banner')
        .getByText(/no block yet/i)
        .waitFor()
      expect(await wcagFaults(page)).toEqual([])
      lone.mine(2)
      await page.getByText('This chain has no topics yet.').waitFor()
      await page
        .getByLabel('Chain')
        .getByText(/proven block/)
        .waitFor()
      await page.locator('.banner').waitFor({ state: 'detached' })
    }),
  )

  it(
    'shows a thousand topics twelve at a time, and asks for their list once',
    scoped(async (scope) => {
      const lone = await openLoneNode(scope)
      lone.mine(2)
      const hostile = '<img src=x onerror=alert(1)>'
      await lone.createTopics([...Array.from({ length: 999 }, (_, i) => `topic number ${i + 1}`), hostile])
      lone.mine(1)
      const { page, faults } = await openPage(scope, browser, { viewport: { width: 360, height: 900 } })
      let listed = 0
      page.on('response', async (response) => {
        if (!response.url().includes('/starling/v1/topics?')) return
        const { topics } = await response.json()
        listed += topics.length
      })
      await page.goto(`${lone.url}/#/`)
      await page.locator('.card .mark.verified').nth(11).waitFor()
      expect(await page.locator('.card').count()).toBe(12)
      await page.getByRole('button', { name: /^Show more of 1.000 topics$/ }).waitFor()
      await eventually('what was listed', async () => listed >= 1000 || undefined)
      lone.mine(3)
      const { height } = lone.node.engine.status()
      await page.getByText(`block ${height}`, { exact: true }).waitFor()
      expect(listed).toBe(1000)
      await page.getByLabel('Topics with').fill('onerror')
      await page.getByRole('article', { name: hostile }).waitFor()
      expect([await page.locator('.card').count(), await page.locator('img').count()]).toEqual([1, 0])
      expect([await wcagFaults(page), await widerBy(page)]).toEqual([[], 0])
      await page.getByLabel('Search', { exact: true }).fill('number 99')
      await page.keyboard.press('Enter')
      await page.getByRole('link', { name: 'topic number 991' }).waitFor()
      expect(faults).toEqual([])
    }),
  )

  it(
    'neutralises marks that turn the direction of text',
    scoped(async (scope) => {
      const lone = await openLoneNode(scope)
      lone.mine(3)
      const { page } = await openPage(scope, browser)
      await lieThrough(page, 'block_results', (result) => {
        const attributes = [{ key: 'k\u202ey', value: 'pay \u202eallo1 \u2066me\u200b', index: true }]
        Object.assign(result, { finalize_block_events: [{ type: 'ev\u202eil', attributes }] })
      })
      await page.goto(`${lone.url}/#/block/2`)
      const row = page.getByRole('table', { name: /^Events/ }).locator('tbody tr')
      await row.waitFor()
      expect(await row.textContent()).toBe('1ev\ufffdilk\ufffdypay \ufffdallo1 \ufffdme\ufffd')
    }),
  )

  it(
    'names a node that lets no page of its origin read, with the flag that would',
    scoped(async (scope) => {
      const lone = await openLoneNode(scope)
      lone.mine(3)
      const own = new URL(await servePage(scope))
      const { page } = await openPage(scope, browser)
      const origin = `http://${FOREIGN}:${own.port}`
      await page.goto(`${origin}/?node=${lone.url}`)
      await page.locator('.banner').getByText(`can allow that with --cors ${origin}`).waitFor()
    }),
  )
})
