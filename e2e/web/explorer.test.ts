import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../harness/eventually.ts'
import { findChromium } from '../harness/findChromium.ts'
import { lieThrough } from '../harness/lieThrough.ts'
import { openPage, startBrowser } from '../harness/openPage.ts'
import { openScope, scoped } from '../harness/scope.ts'
import { type Network, startNetwork, untilAnswer } from '../harness/startNetwork.ts'
import { wcagFaults, widerBy } from '../harness/wcagFaults.ts'

const executablePath = findChromium('The explorer is not looked at')
const shared = openScope()

describe.skipIf(executablePath === undefined)('the explorer', () => {
  let network: Network
  let browser: Browser

  beforeAll(async () => {
    network = await startNetwork(shared, { pace: 2, args: ['--seed', 'explorer'] })
    browser = await startBrowser(shared, executablePath ?? '')
    await Promise.all([1n, 2n, 3n].map((id) => untilAnswer(network, id)))
    await eventually('a settled epoch', () => network.client.epochUnverified(1n))
  })
  afterAll(() => shared.close())

  it(
    'is linked by the network, and shows every topic with its proven answer',
    scoped(async (scope) => {
      await network.up.says(new RegExp(`See it, checked in the browser: ${network.url}/`))
      const { page, faults } = await openPage(scope, browser)
      await page.goto(network.url)
      for (const name of ['volatility', 'risk', 'trend']) {
        const card = page.getByRole('article', { name })
        await card.locator('.answer-row .mark.verified').waitFor()
        expect(await card.locator('.question').textContent()).toMatch(/next trading day/)
      }
      const mark = page.getByRole('article', { name: 'volatility' }).locator('.answer-row .mark')
      await mark.locator('summary').click()
      expect(await mark.textContent()).toMatch(/signed header of block \d+.*header[0-9a-f]{64}state[0-9a-f]{64}/)
      await page.getByLabel('Chain').getByText(/ALLO/).waitFor()
      expect(faults).toEqual([])
    }),
  )

  it(
    'shows the values that the chain gives',
    scoped(async (scope) => {
      const { page } = await openPage(scope, browser)
      await page.goto(`${network.url}/#/topic/1`)
      const row = page.getByRole('table', { name: 'Epochs, newest first' }).locator('tbody tr').first()
      await row.waitFor()
      const [nonce, status, answer] = await row.locator('td').allTextContents()
      const record = await network.client.epochUnverified(1n, BigInt(nonce ?? 0))
      expect(status).toBe(record.status)
      expect(Number(answer)).toBeCloseTo(record.network?.combined[0] ?? Number.NaN, 4)
      // Answers against the truth, and shares in the answer.
      await page.locator('.chart canvas').nth(1).waitFor()
      expect(await page.locator('.chart canvas').count()).toBe(2)
      const ladder = page.getByRole('table', { name: /^Loss ladder/ })
      await ladder.waitFor()
      expect(await ladder.getByText('the network', { exact: true }).count()).toBe(1)
      expect(await ladder.locator('tbody tr').count()).toBeGreaterThan(10)
    }),
  )

  it(
    'sorts a table by its heads, with the keyboard',
    scoped(async (scope) => {
      const { page } = await openPage(scope, browser)
      await page.goto(`${network.url}/#/topic/2`)
      const ladder = page.getByRole('table', { name: /^Loss ladder/ })
      const head = ladder.getByRole('button', { name: 'reward' })
      await head.focus()
      await page.keyboard.press('Enter')
      expect(await ladder.getByRole('columnheader', { name: 'reward' }).getAttribute('aria-sort')).toBe('descending')
      await page.keyboard.press('Enter')
      expect(await ladder.getByRole('columnheader', { name: 'reward' }).getAttribute('aria-sort')).toBe('ascending')
    }),
  )

  it(
    'replays an epoch in the page, and finds every value equal',
    scoped(async (scope) => {
      const { nonce } = await network.client.epochUnverified(1n)
      const { page, faults } = await openPage(scope, browser)
      await page.goto(`${network.url}/#/topic/1/epoch/${nonce}`)
      await page.getByRole('button', { name: 'Verify here' }).click()
      const verdict = page.locator('.verdict')
      await verdict.waitFor()
      expect(await verdict.textContent()).toMatch(
        /^✓ [\d\u202f]+ values compared, all equal, bit for bit\. Read and proven/,
      )
      await page.getByText('All fields of the record').click()
      const fields = page.locator('.fields li')
      await fields.first().waitFor()
      expect(await fields.count()).toBeGreaterThan(200)
      expect((await fields.allTextContents()).every((text) => text.startsWith('✓'))).toBe(true)
      expect(faults).toEqual([])
    }),
  )

  it(
    'says of purchases that cannot be read why, and does not ask for ever',
    scoped(async (scope) => {
      const { nonce } = await network.client.epochUnverified(1n)
      const { page } = await openPage(scope, browser)
      await lieThrough(page, 'tx_search', (result) => {
        Object.assign(result, { txs: 'none' })
      })
      await page.goto(`${network.url}/#/topic/1/epoch/${nonce}`)
      await page.getByText('The answer has no list at txs').waitFor()
      expect(await page.getByText('Asking for purchases').count()).toBe(0)
    }),
  )

  it(
    'names the field that a lying node has altered in a record',
    scoped(async (scope) => {
      const record = await network.client.epochUnverified(1n)
      const { page } = await openPage(scope, browser)
      await page.goto(`${network.url}/#/topic/1/epoch/${record.nonce}`)
      await page.getByRole('button', { name: 'Verify here' }).waitFor()
      const [paid] = record.payouts
      const digits = Buffer.from(paid?.amount ?? '')
      await lieThrough(page, 'abci_query', (result) => {
        const { response }: { response: { value: string | null } } = Object(result)
        const bytes = Buffer.from(response.value ?? '', 'base64')
        const at = bytes.length > 2000 ? bytes.indexOf(digits) : -1
        if (at === -1) return
        bytes[at] = bytes[at] === 0x39 ? 0x38 : 0x39
        response.value = bytes.toString('base64')
      })
      await page.getByRole('button', { name: 'Verify here' }).click()
      await page.locator('.verdict.wrong').waitFor()
      const differs = page.getByRole('table', { name: 'What differs' })
      expect(await differs.textContent()).toContain('payouts[0].amount')
      expect(await page.locator('section .mark.refuted').count()).toBe(1)
    }),
  )

  it(
    'explains a reward to the last unit, line by line, and as CSV',
    scoped(async (scope) => {
      const { nonce, payouts } = await network.client.epochUnverified(1n)
      // No worker has shown skill yet; reputers are paid from the first epoch on.
      const { address = '', amount } = payouts.find(({ role }) => role === 'reputer') ?? {}
      const { page } = await openPage(scope, browser)
      await page.goto(`${network.url}/#/account/${address}/topic/1/epoch/${nonce}`)
      const lines = page.locator('.lines li')
      await lines.first().waitFor()
      expect(await lines.count()).toBeGreaterThan(5)
      await lines
        .filter({ hasText: /^closeness:/ })
        .locator('summary')
        .click()
      expect(
        await lines
          .filter({ hasText: /^closeness:/ })
          .locator('code')
          .isVisible(),
      ).toBe(true)
      const downloading = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Download as CSV' }).click()
      const csv = readFileSync(await (await downloading).path(), 'utf8')
      expect(csv).toMatch(/^step,value,formula,inputs\r\n/)
      expect(csv.trimEnd().split('\r\n').at(-1)?.split(',').slice(0, 2)).toEqual(['paid', amount])
      await page.getByText(/^Balance .*ALLO/).waitFor()
      await page.getByRole('table', { name: 'In each topic' }).getByText('reputer').first().waitFor()
    }),
  )

  it(
    'refutes an answer that was altered on the way, and says why',
    scoped(async (scope) => {
      const { page } = await openPage(scope, browser)
      await lieThrough(page, 'abci_query', (result) => {
        const { response }: { response: { value: string | null } } = Object(result)
        if (response.value === null) return
        const bytes = Buffer.from(response.value, 'base64')
        response.value = Buffer.from(bytes.map((byte, i) => (i === 0 ? byte ^ 1 : byte))).toString('base64')
      })
      await page.goto(`${network.url}/#/topic/1`)
      const failure = page.locator('main .failure')
      await failure.locator('.mark.refuted').waitFor()
      expect(await failure.textContent()).toMatch(/is refuted \(WRONG_VALUE\)/)
      expect(await page.locator('.mark.verified').count()).toBe(0)
    }),
  )

  it(
    'says when a node shows a header that nobody has signed',
    scoped(async (scope) => {
      const { page } = await openPage(scope, browser)
      await lieThrough(page, 'commit', (result) => {
        const { signed_header: signed }: { signed_header: { header: { app_hash: string } } } = Object(result)
        signed.header.app_hash = '00'.repeat(32)
      })
      await page.goto(network.url)
      const banner = page.locator('.banner')
      await banner.getByText(/refuted \(WRONG_HEADER\)/).waitFor()
      await banner.getByRole('button', { name: /forget the pin/ }).waitFor()
    }),
  )

  it(
    'goes on from the pin of an earlier visit, and refuses another history until it is told to begin anew',
    scoped(async (scope) => {
      const { page } = await openPage(scope, browser)
      await page.goto(network.url)
      await page.locator('.card .mark.verified').first().waitFor()
      const key = `starling pin ${network.url}/rpc`
      const pin = JSON.stringify({ chainId: 'starling-local-1', height: '2', hash: '11'.repeat(32) })
      await page.addInitScript(`if (!sessionStorage.set) {
        localStorage.setItem(${JSON.stringify(key)}, ${JSON.stringify(pin)}); sessionStorage.set = 1 }`)
      await page.reload()
      await page
        .locator('.banner')
        .getByText(/is trusted/)
        .waitFor()
      await page.getByRole('button', { name: 'It began anew: forget the pin' }).click()
      await page.locator('.card .mark.verified').first().waitFor()
    }),
  )

  it.each([
    { width: 1440, colorScheme: 'light' as const },
    { width: 360, colorScheme: 'dark' as const },
  ])(
    'breaks no rule of WCAG 2.2 AA at $width pixels, $colorScheme, and is not wider than the window',
    async (options) => {
      const scope = openScope()
      try {
        const { width, colorScheme } = options
        const { page } = await openPage(scope, browser, { viewport: { width, height: 900 }, colorScheme })
        const { nonce: settled, payouts } = await network.client.epochUnverified(1n)
        const why = `#/account/${payouts[0]?.address}/topic/1/epoch/${settled}`
        for (const [view, ready] of [
          ['#/', '.card .mark.verified'],
          ['#/topic/1', '.chart canvas'],
          ['#/topic/99', 'main .mark.verified'],
          [`#/topic/1/epoch/${settled}`, '.facts'],
          [why, '.lines'],
          ['#/nowhere', 'h1'],
        ] as const) {
          await page.goto(`${network.url}/${view}`)
          await page.locator(ready).first().waitFor()
          expect(await wcagFaults(page)).toEqual([])
          expect(await widerBy(page)).toBe(0)
        }
      } finally {
        await scope.close()
      }
    },
  )

  it(
    'shows text from the chain as text',
    scoped(async (scope) => {
      const name = '<img src=x onerror=alert(1)>'
      await network.json(scope, 'topic', 'create', '--template', 'volatility', '--name', name)
      const { page, faults } = await openPage(scope, browser)
      await page.goto(network.url)
      const card = page.getByRole('article', { name })
      await card.getByText('No answer yet').waitFor()
      expect(await card.getByRole('link', { name }).count()).toBe(1)
      expect(await page.locator('img').count()).toBe(0)
      expect(faults).toEqual([])
    }),
  )

  it(
    'names a node that is away, and goes on when it is back',
    scoped(async (scope) => {
      const { page } = await openPage(scope, browser)
      await page.goto(`${network.url}/?node=http://127.0.0.1:1`)
      await page
        .getByText(/No node answers at http:\/\/127\.0\.0\.1:1/)
        .first()
        .waitFor()
      await page.getByLabel('Node').fill(network.url)
      await page.keyboard.press('Enter')
      await page.locator('.card .mark.verified').first().waitFor()
    }),
  )
})
