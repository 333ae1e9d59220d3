import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { Scope } from './scope.ts'

/** A page in a browser context of its own, and all that went wrong in it. */
export type OpenPage = {
  readonly page: Page
  /** Errors that a script threw, and what the browser refused, such as against the page's policy. */
  readonly faults: readonly string[]
}

/** Starts Chromium with these arguments beside its own; the scope ends it. */
export async function startBrowser(
  scope: Scope,
  executablePath: string,
  args: readonly string[] = [],
): Promise<Browser> {
  const browser = await chromium.launch({ executablePath, args: [...args] })
  scope.defer(() => browser.close())
  return browser
}

/** Opens an empty page; the scope closes it. */
export async function openPage(scope: Scope, browser: Browser, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext(options)
  scope.defer(() => context.close())
  const page = await context.newPage()
  scope.defer(() => page.unrouteAll({ behavior: 'ignoreErrors' }))
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  return { page, faults }
}
