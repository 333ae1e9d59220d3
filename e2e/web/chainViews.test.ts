import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { createRpc } from '@starling/sdk/http/createRpc'
import { at, listAt, textAt } from '@starling/sdk/http/json'
import { txHash } from '@starling/sdk/tx/txHash'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../harness/eventually.ts'
import { findChromium } from '../harness/findChromium.ts'
import { lieThrough } from '../harness/lieThrough.ts'
import { openPage, startBrowser } from '../harness/openPage.ts'
import { openScope, scoped } from '../harness/scope.ts'
import { type Network, startNetwork, untilAnswer } from '../harness/startNetwork.ts'
import { wcagFaults, widerBy } from '../harness/wcagFaults.ts'

const executablePath = findChromium('The views of blocks, coins and parameters are not looked at')
const shared = openScope()
const digits = (text: string | null): string => (text ?? '').replace(/\D/g, '')

describe.skipIf(executablePath === undefined)('the explorer’s views of the chain', () => {
  let network: Network
  let browser: Browser
  /** A block with transactions, and one of them. */
  let block: { readonly height: string; readonly hash: string; readonly tx: string }

  const ask = (method: string, params: Readonly<Record<string, string>> = {}): Promise<unknown> =>
    createRpc({ fetch, timeoutMs: 10_000, url: network.rpc, flag: '--rpc' }).call(method, params)
  const table = (page: Page, name: RegExp) => page.getByRole('table', { name })
  const open = async (page: Page, view: string): Promise<void> => {
    await page.goto(`${network.url}/#/${view}`)
  }

  beforeAll(async () => {
    network = await startNetwork(shared, { pace: 2, args: ['--seed', 'views'] })
    browser = await startBrowser(shared, executablePath ?? '')
    await untilAnswer(network, 1n)
    block = await eventually('a block with transactions', async () => {
      const metas = listAt(await ask('blockchain'), 'block_metas')
      // The newest is left out: the one after it proves its outcomes.
      const meta = metas.slice(1).find((one) => textAt(one, 'num_txs') !== '0')
      if (meta === undefined) return undefined
      const height = textAt(meta, 'header', 'height')
      const [tx] = listAt(await ask('block', { height }), 'block', 'data', 'txs')
      return {
        height,
        hash: textAt(meta, 'block_id', 'hash').toLowerCase(),
        tx: txHash(Buffer.from(String(tx), 'base64')),
      }
    })
  })
  afterAll(() => shared.close())

  it(
    'lists blocks as they come, without a hole, stops when told, and loads older ones',
    scoped(async (scope) => {
      const { page, faults } = await openPage(scope, browser)
      await open(page, 'blocks')
      const rows = table(page, /^Blocks/).locator('tbody tr')
      await rows.nth(10).waitFor()
      const heights = async (): Promise<readonly number[]> =>
        (await rows.locator('td:first-child').allTextContents()).map((text) => Number(digits(text)))
      const [first = 0] = await heights()
      await eventually('two more blocks', async () => (((await heights())[0] ?? 0) >= first + 2 ? true : undefined))
      await page.getByRole('button', { name: 'Pause' }).click()
      await page.getByText(/^\d+ newer blocks?$/).waitFor()
      const paused = await heights()
      expect(paused).toEqual(paused.map((_, i) => (paused[0] ?? 0) - i))
      await page.getByText(/^[2-9] newer blocks$/).waitFor()
      expect(await heights()).toEqual(paused)
      const isWhole = paused.at(-1) === 1
      if (!isWhole) {
        await page.getByRole('button', { name: 'Load older blocks' }).click()
        await rows.nth(paused.length).waitFor()
      }
      await page.getByRole('button', { name: 'Go on' }).click()
      await eventually('the newer blocks', async () =>
        ((await heights())[0] ?? 0) > (paused[0] ?? 0) ? true : undefined,
      )
      expect(faults).toEqual([])
    }),
  )

  it(
    'shows header, signatures, transactions and events of a block as the chain has them',
    scoped(async (scope) => {
      const { page, faults } = await openPage(scope, browser)
      await open(page, `block/${block.height}`)
      await table(page, /^Transactions of block/).waitFor()
      const facts = page.locator('section[aria-labelledby=header]')
      expect(await facts.textContent()).toContain(block.hash)
      expect(await facts.locator('.mark.verified').count()).toBe(1)
      const signatures = table(page, /^Signatures on block/)
      expect(await signatures.locator('tbody tr').textContent()).toContain('this block')
      expect(await page.locator('section[aria-labelledby=signatures] .mark.verified').count()).toBe(1)
      const txs = listAt(await ask('block', { height: block.height }), 'block', 'data', 'txs')
      expect(
        await table(page, /^Transactions of block/)
          .locator('tbody tr')
          .count(),
      ).toBe(txs.length)
      const emitted = listAt(await ask('block_results', { height: block.height }), 'finalize_block_events')
      const rows = table(page, /^Events of block/).locator('tbody tr')
      expect(await rows.count()).toBe(Math.min(200, emitted.length))
      expect(await rows.first().textContent()).toContain(textAt(emitted[0], 'type'))
      expect(faults).toEqual([])
    }),
  )

  it(
    'shows what a transaction asks for, costs and did, and leads to its accounts',
    scoped(async (scope) => {
      const { page } = await openPage(scope, browser)
      await open(page, `tx/${block.tx}`)
      const outcome = page.locator('section[aria-labelledby=outcome]')
      await outcome.locator('.mark.verified').waitFor()
      const result = at(await ask('tx', { hash: Buffer.from(block.tx, 'hex').toString('base64') }), 'tx_result')
      expect(digits(await outcome.getByText(/used of/).textContent())).toBe(
        `${textAt(result, 'gas_used')}${textAt(result, 'gas_wanted')}`,
      )
      const asked = page.locator('section[aria-labelledby=asked]')
      expect(await asked.locator('.mark.verified').count()).toBe(1)
      expect(await asked.getByRole('heading', { level: 3 }).count()).toBeGreaterThan(0)
      await asked
        .getByRole('link', { name: /^allo1/ })
        .first()
        .click()
      await page.getByText(/^Balance .*ALLO/).waitFor()
    }),
  )

  it(
    'refutes transactions, outcomes, headers and signatures that are not those of the chain',
    scoped(async (scope) => {
      const lies = [
        ['block', (result: object) => listOf(result, 'block', 'data', 'txs').pop()],
        ['block_results', (result: object) => Object.assign(listOf(result, 'txs_results')[0] ?? {}, { gas_used: '1' })],
        [
          'commit',
          (result: object) =>
            Object.assign(Object(at(result, 'signed_header', 'header')), { data_hash: 'AA'.repeat(32) }),
        ],
      ] as const
      for (const [method, alter] of lies) {
        const { page } = await openPage(scope, browser)
        await page.goto(`${network.url}/#/blocks`)
        await table(page, /^Blocks/).waitFor()
        await lieThrough(page, method, alter)
        await open(page, `block/${block.height}`)
        await page.locator('main .failure .mark.refuted').first().waitFor()
        expect(await page.locator('main section .mark.verified').count()).toBe(0)
      }
      const { page } = await openPage(scope, browser)
      await lieThrough(page, 'blockchain', (result) => {
        const metas = listOf(result, 'block_metas')
        const time = '2020-01-01T00:00:00Z'
        Object.assign(Object(at(metas[2], 'header')), { time })
      })
      await open(page, 'blocks')
      await page.locator('main .failure .mark.refuted').waitFor()
    }),
  )

  it(
    'shows validators with their uptime, parameters with their meaning, and the books of all coins',
    scoped(async (scope) => {
      const { page, faults } = await openPage(scope, browser)
      await open(page, 'validators')
      const validator = table(page, /^Who signs/).locator('tbody tr')
      await validator.waitFor()
      expect(await validator.textContent()).toMatch(/100 %.*100 % \((\d+) of \1\)/)
      await open(page, 'parameters')
      const fees = table(page, /^Fees/)
      await fees.waitFor()
      const { minGasPrice } = await network.client.feesUnverified()
      expect(await fees.locator('tr', { hasText: 'min_gas_price' }).textContent()).toContain(
        `${minGasPrice} uallo per gas`,
      )
      await table(page, /^Topics, stake/).waitFor()
      await table(page, /^New coins/).waitFor()
      await table(page, /^Blocks/).waitFor()
      expect(await page.locator('h2 .mark.verified').count()).toBe(4)
      await open(page, 'supply')
      await page.getByText('The books balance: genesis + minted − burned = supply').waitFor()
      const { genesis } = await network.client.ledgerUnverified()
      const first = page.locator('section[aria-labelledby=books] .lined dd').first()
      expect(digits(await first.locator('small').textContent())).toBe(genesis)
      await page.getByText('It equals the supply').waitFor()
      // Read at once, as both are drawn anew with each block.
      const [supply, ...held] = Object(
        await page.evaluate(`[
          document.querySelectorAll('section[aria-labelledby=books] .lined dd')[3].querySelector('small').textContent,
          ...Array.from(document.querySelectorAll('#holders ~ .scroll tbody td:last-child'), (cell) => cell.textContent)]`),
      )
      const sum = held.reduce((total: bigint, text: string) => total + BigInt(digits(text)), 0n)
      expect(String(sum)).toBe(digits(supply))
      expect(held.length).toBe(Object.keys(moduleAddresses).length + 1)
      expect(faults).toEqual([])
    }),
  )

  it(
    'copies a table with numbers in full',
    scoped(async (scope) => {
      const { page } = await openPage(scope, browser, { permissions: ['clipboard-read', 'clipboard-write'] })
      await open(page, `block/${block.height}`)
      await page.getByRole('button', { name: /^Copy the table: Transactions/ }).click()
      await page.getByText(/^\d+ rows? copied$/).waitFor()
      const lines = String(await page.evaluate('navigator.clipboard.readText()')).split('\n')
      expect(lines[0]).toBe('no.\thash\tmessages\tresult\tgas used\tfee')
      expect(lines[1]).toMatch(new RegExp(`^1\\t${block.tx}\\t[a-z ]+\\tdone\\t\\d+\\t\\d+$`))
    }),
  )

  it(
    'finds topics, blocks, transactions and accounts, and says what it understood where there is nothing',
    scoped(async (scope) => {
      const { page } = await openPage(scope, browser)
      await open(page, '')
      const search = async (words: string): Promise<void> => {
        await page.getByLabel('Search', { exact: true }).fill(words)
        await page.keyboard.press('Enter')
      }
      const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name })
      await search('1')
      await page.getByRole('link', { name: 'Topic 1', exact: true }).waitFor()
      await page.getByRole('link', { name: 'Block 1', exact: true }).click()
      await heading('Block 1').waitFor()
      await search(`block ${block.height}`)
      await heading(`Block ${block.height}`).waitFor()
      await search(block.tx.toLowerCase())
      await heading('Transaction').waitFor()
      await search(block.hash)
      await heading(`Block ${block.height}`).waitFor()
      const [worker = ''] = await network.client.workersUnverified(1n)
      await search(worker)
      await heading('Account').waitFor()
      await search('vola')
      await page.getByRole('link', { name: 'volatility' }).waitFor()
      for (const [words, understood] of [
        ['a/b?c#d %41 <img src=x>', 'words in the name of a topic'],
        ['ff'.repeat(32), 'the hash of a transaction or of a block'],
        ['topic 123456', 'topic 123456'],
        [`${worker.slice(0, -1)}!`, 'an address of an account with a mistake in it'],
      ] as const) {
        await search(words)
        await page.getByText(`“${words}” is understood as ${understood}`).waitFor()
        await page.getByText('Nothing was found on this chain.').waitFor()
      }
      await page.goto(`${network.url}/#/search`)
      await page.getByText(/^nothing yet/).waitFor()
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
        for (const [view, ready] of [
          ['blocks', 'tbody tr'],
          [`block/${block.height}`, 'section[aria-labelledby=events] h2'],
          ['block/99999999', 'main p'],
          [`tx/${block.tx}`, '.messages'],
          [`tx/${'00'.repeat(32)}`, 'main p'],
          ['validators', 'tbody tr'],
          ['parameters', '#consensus ~ .scroll'],
          ['supply', 'section[aria-labelledby=ledger] > p'],
          ['search/1', '.finds li'],
        ] as const) {
          await open(page, view)
          await page.locator(ready).first().waitFor()
          for (const summary of await page.locator('main .mark summary').all()) await summary.click()
          expect([view, await wcagFaults(page), await widerBy(page)]).toEqual([view, [], 0])
        }
      } finally {
        await scope.close()
      }
    },
  )
})

/** The list at a path of an answer, to be changed. */
function listOf(json: unknown, ...path: readonly string[]): unknown[] {
  const list = at(json, ...path)
  return Array.isArray(list) ? list : []
}
