import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUILD_MS, isSkipped } from '../cometbft/harness/findCometBft.ts'
import { layOutValidators } from '../cometbft/harness/startValidators.ts'
import { eventually } from '../harness/eventually.ts'
import { findChromium } from '../harness/findChromium.ts'
import { launch, run } from '../harness/launch.ts'
import { openLoneNode } from '../harness/openLoneNode.ts'
import { openPage, startBrowser } from '../harness/openPage.ts'
import { openScope, type Scope, scoped } from '../harness/scope.ts'

const executablePath = findChromium('The ways in which the explorer is served are not tried')
const shared = openScope()

/** A program that takes the place of the browser: `opened` is what it was told to open. */
function fakeBrowser(scope: Scope): { readonly env: Readonly<Record<string, string>>; opened(): string | undefined } {
  const folder = scope.folder()
  const [program, file] = [join(folder, 'browser'), join(folder, 'opened')]
  writeFileSync(program, `#!/bin/sh\nprintf %s "$1" > ${file}.new && mv ${file}.new ${file}\n`)
  chmodSync(program, 0o755)
  return { env: { BROWSER: program }, opened: () => (existsSync(file) ? readFileSync(file, 'utf8') : undefined) }
}

describe.skipIf(executablePath === undefined)('the explorer is served', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser(shared, executablePath ?? '')
  })
  afterAll(() => shared.close())

  it(
    'by a command of its own, for any node, and opened in the browser when asked',
    scoped(async (scope) => {
      const lone = await openLoneNode(scope)
      lone.mine(3)
      const { env, opened } = fakeBrowser(scope)
      const args = ['explorer', '--node', lone.url, '--port', '0', '--open']
      const command = launch(scope, args, { env })
      const [, url = ''] = await command.says(/The explorer for \S+: (\S+)/)
      expect(await eventually('an opened browser', opened)).toBe(url)
      const { page, faults } = await openPage(scope, browser)
      await page.goto(url)
      await page.getByText('This chain has no topics yet.').waitFor()
      await page.getByLabel('Chain').locator('.mark.verified').waitFor()
      // Who comes without the node's address gets it.
      await page.goto(`${new URL(url).origin}/#/blocks`)
      await page
        .getByRole('table', { name: /^Blocks/ })
        .locator('tbody tr')
        .nth(2)
        .waitFor()
      expect(page.url()).toContain(encodeURIComponent(lone.url))
      expect(faults).toEqual([])
      expect(await command.stop()).toMatchObject({ code: 0, stdout: '' })
    }),
  )

  it(
    'from an RPC server that stands elsewhere',
    scoped(async (scope) => {
      const lone = await openLoneNode(scope)
      lone.mine(3)
      const command = launch(scope, ['explorer', '--node', lone.url, '--rpc', lone.node.rpcUrl, '--port', '0'])
      const [, url = ''] = await command.says(/The explorer for \S+: (\S+)/)
      const { page } = await openPage(scope, browser)
      const asked: string[] = []
      page.on('request', (request) => asked.push(request.url()))
      await page.goto(url)
      await page.getByLabel('Chain').locator('.mark.verified').waitFor()
      expect(asked.filter((one) => one === `${lone.node.rpcUrl}/`).length).toBeGreaterThan(0)
      expect(asked.filter((one) => one.includes('/rpc'))).toEqual([])
    }),
  )

  it(
    'not at a port that is taken, and says which flag chooses another',
    scoped(async (scope) => {
      const lone = await openLoneNode(scope)
      const { code, stderr } = await run(scope, ['explorer', '--port', new URL(lone.url).port])
      expect([code, stderr]).toEqual([3, expect.stringMatching(/is taken by another program.*--port/)])
    }),
  )

  it(
    'by a network of this machine, opened with --open',
    scoped(async (scope) => {
      const { env, opened } = fakeBrowser(scope)
      const home = scope.folder()
      const ports = ['--rest-port', '0', '--rpc-port', '0', '--metrics-port', '0']
      const up = launch(scope, ['up', '--home', home, '--open', ...ports], { env })
      const [, url = ''] = await up.says(/See it, checked in the browser: (\S+)/)
      expect(await eventually('an opened browser', opened)).toBe(url)
      await up.stop()
    }),
  )

  it.skipIf(isSkipped)(
    'under CometBFT, with blocks, signatures and events over the node’s own address',
    scoped(async (scope) => {
      const [validator] = await layOutValidators(scope, 1, { balances: [] })
      if (validator === undefined) throw new Error('the network has a validator')
      await validator.start()
      await validator.untilHeight(3n)
      const { page, faults } = await openPage(scope, browser)
      const asked: string[] = []
      page.on('request', (request) => asked.push(request.url()))
      await page.goto(`${validator.rest}/#/blocks`)
      const rows = page.getByRole('table', { name: /^Blocks/ }).locator('tbody tr')
      await rows.nth(2).waitFor()
      const first = await rows.first().textContent()
      await eventually('a new block', async () => ((await rows.first().textContent()) === first ? undefined : true))
      await page.goto(`${validator.rest}/#/block/2`)
      await page.locator('section[aria-labelledby=signatures] .mark.verified').waitFor()
      await page.goto(`${validator.rest}/#/validators`)
      await page.getByText(/100 % \(\d+ of \d+\)/).waitFor()
      for (const [view, ready] of [
        ['parameters', '#consensus .mark.verified'],
        ['supply', '#holders .mark.verified'],
      ] as const) {
        await page.goto(`${validator.rest}/#/${view}`)
        await page.locator(ready).waitFor()
      }
      expect(asked.every((one) => one.startsWith(validator.rest) || one.startsWith('data:'))).toBe(true)
      expect(faults).toEqual([])
    }),
    BUILD_MS,
  )
})
