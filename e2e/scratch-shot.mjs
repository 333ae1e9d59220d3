import { chromium } from 'playwright-core'
const [,, url, out, width='1440', scheme='light', full='1', ...steps] = process.argv
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium' })
const page = await browser.newPage({ viewport: { width: +width, height: 900 }, colorScheme: scheme })
page.on('console', m => m.type()==='error' && console.log('console', m.text()))
page.on('pageerror', e => console.log('pageerror', e))
await page.goto(url)
await page.waitForTimeout(2500)
for (const s of steps) { await (new Function('page', `return (async()=>{${s}})()`))(page) }
await page.screenshot({ path: out, fullPage: full==='1' })
await browser.close()
