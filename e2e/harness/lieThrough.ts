import type { Page } from 'playwright-core'

/** Lets the RPC server of a page's node lie: `alter` changes the result of a call. */
export async function lieThrough(page: Page, method: string, alter: (result: object) => void): Promise<void> {
  await page.route('**/rpc/', async (route) => {
    const asked = JSON.parse(route.request().postData() ?? '{}')
    const response = await route.fetch()
    if (asked.method !== method) return route.fulfill({ response })
    const json = await response.json()
    alter(Object(json.result))
    return route.fulfill({ response, json })
  })
}
