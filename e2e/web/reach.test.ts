import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../harness/eventually.ts'
import { findChromium } from '../harness/findChromium.ts'
import { openPage, startBrowser } from '../harness/openPage.ts'
import { openScope } from '../harness/scope.ts'
import { type Network, startNetwork } from '../harness/startNetwork.ts'

const executablePath = findChromium('The explorer is not reached by address and keyboard')
const shared = openScope()

/** Controls that can be worked now, each marked with its number; and the numbers of those that the Tab key has reached. */
const MARK = `(() => {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  const seen = all.filter((one) => !one.disabled && one.checkVisibility({ visibilityProperty: true }))
  seen.forEach((one, i) => (one.dataset.number = i))
  window.reached = new Set()
  document.addEventListener('focusin', ({ target }) => window.reached.add(target.dataset.number))
  return seen.length
})()`
const MISSED = `[...document.querySelectorAll('[data-number]')]
  .filter((one) => !window.reached.has(one.dataset.number))
  .map((one) => one.outerHTML.slice(0, 120))`

/** What the Tab key does not reach of a page. */
async function missedByTab(page: Page): Promise<unknown> {
  const controls = Number(await page.evaluate(MARK))
  let missed: unknown = []
  // Some that have come since are on the way.
  for (let round = 0; round < 3; round += 1) {
    for (let i = 0; i < controls + 5; i += 1) await page.keyboard.press('Tab')
    missed = await page.evaluate(MISSED)
    if (Array.isArray(missed) && missed.length === 0) return missed
  }
  return missed
}

describe.skipIf(executablePath === undefined)('each view of the explorer', () => {
  let network: Network
  let browser: Browser
  let views: readonly (readonly [view: string, ready: string])[]

  beforeAll(async () => {
    network = await startNetwork(shared, { pace: 2, args: ['--seed', 'reach'] })
    browser = await startBrowser(shared, executablePath ?? '')
    const { client } = network
    const { nonce, payouts } = await eventually('an epoch that has paid', async () => {
      const epoch = await client.epochUnverified(1n)
      return epoch.payouts.length > 0 ? epoch : undefined
    })
    const address = payouts[0]?.address ?? ''
    const found = await fetch(`${network.url}/cosmos/tx/v1beta1/txs?query=tx.height>1&limit=1`)
    const { tx_responses: txs }: { tx_responses: { txhash: string }[] } = Object(await found.json())
    views = [
      ['/', '.card .mark.verified'],
      ['/topic/1', 'table'],
      ['/topic/1/compare?a=network&b=mean', '.verdict'],
      [`/topic/1/epoch/${nonce}`, '#money'],
      [`/account/${address}`, 'main table'],
      [`/account/${address}/topic/1/epoch/${nonce}`, '.lines li'],
      ['/blocks', 'tbody tr'],
      ['/block/2', 'main .mark.verified'],
      [`/tx/${txs[0]?.txhash}`, 'main .mark.verified'],
      ['/validators', 'tbody tr'],
      ['/parameters', 'tbody tr'],
      ['/supply', 'tbody tr'],
      ['/backtest', '.drop'],
      ['/search/volatility', '.finds li'],
    ]
  })
  afterAll(() => shared.close())

  it.each([0, 1, 2])('is reached by its address alone, and all its controls by the Tab key, part %i', async (part) => {
    for (const [view, ready] of views.filter((_, i) => i % 3 === part)) {
      const scope = openScope()
      try {
        const { page, faults } = await openPage(scope, browser)
        await page.goto(`${network.url}/#${view}`)
        await page.locator(ready).first().waitFor()
        // What changes with each block would be drawn anew while the keys are pressed.
        await page.context().setOffline(true)
        expect([view, await missedByTab(page)]).toEqual([view, []])
        expect([view, faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED'))]).toEqual([view, []])
      } finally {
        await scope.close()
      }
    }
  })
})
