// What the explorer costs who looks: bytes of the first view, time to the first answer, time from a block's event to the
// screen, frames of a chart of 100,000 epochs, and the heap over many blocks. Needs Chromium on PATH. Prints figures, asserts
// nothing.

import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { findExplorer } from '@starling/cli/node/findExplorer'
import { createLog } from '@starling/node/server/createLog'
import { openLongTopic } from '@starling/node/server/testing/longTopic'
import { startNode } from '@starling/node/startNode'
import { chromium } from 'playwright-core'
import { median, quantile } from './lib/measure.mjs'
import { printAim, printTable, shorten } from './lib/report.mjs'

const VISITS = 7
const BLOCKS = 60
const EPOCHS = 100_000
const WORKERS = 12
const FRAMES = 120
const LONGEST_WAIT_MS = 600_000
/** An hour of blocks of one second. */
const HOUR = 3600
const STEP = 600
const STARLING = fileURLToPath(new URL('../packages/cli/bin/starling.mjs', import.meta.url))

const names = ['chromium', 'chromium-browser', 'google-chrome']
const command = names.find((name) => spawnSync(name, ['--version']).status === 0)
if (command === undefined) {
  console.log('bench explorer: left out, as Chromium is not on PATH ("apt-get install chromium")')
  process.exit()
}
const executablePath = spawnSync('which', [command], { encoding: 'utf8' }).stdout.trim()
const browser = await chromium.launch({ executablePath })

/** Notes in the page when a block's event came, and when its height stood in the head. */
const WATCH = `
  window.heard = new Map()
  window.shown = new Map()
  window.WebSocket = class extends WebSocket {
    constructor(url) {
      super(url)
      this.addEventListener('message', ({ data }) => {
        const height = /"height":"(\\d+)"/.exec(data)?.[1]
        if (data.includes('NewBlockEvents') && height !== undefined) window.heard.set(height, performance.now())
      })
    }
  }
  new MutationObserver(() => {
    const head = document.querySelector('header .height')?.textContent ?? ''
    const list = document.querySelector('tbody tr td')?.textContent ?? ''
    for (const [place, text] of [['head', head], ['list', list]]) {
      const key = place + text.replace(/\\D/g, '')
      if (!window.shown.has(key)) window.shown.set(key, performance.now())
    }
  }).observe(document, { subtree: true, childList: true, characterData: true })
`

/** Draws after each of so many zooms and moves, and notes how long the frame was. */
const EXPLORE = `(async () => {
  const over = document.querySelector('.u-over')
  const { left, top, width } = over.getBoundingClientRect()
  const at = (share) => ({ clientX: left + share * width, clientY: top + 50, bubbles: true, cancelable: true })
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const times = []
  for (let i = 0; i < ${FRAMES}; i++) {
    const before = await frame()
    if (i % 3 === 0) over.dispatchEvent(new WheelEvent('wheel', { ...at(0.6), ctrlKey: true, deltaY: i % 24 < 12 ? -1 : 1 }))
    if (i % 3 === 1) over.dispatchEvent(new MouseEvent('mousedown', { ...at(0.5), shiftKey: true, button: 0 }))
    document.dispatchEvent(new MouseEvent('mousemove', at(0.5 + ((i % 7) - 3) / 50)))
    if (i % 3 === 2) document.dispatchEvent(new MouseEvent('mouseup', at(0.5)))
    await frame()
    times.push((await frame()) - before)
  }
  return times
})()`

const home = mkdtempSync(join(tmpdir(), 'starling-bench-'))
const ports = ['--rest-port', '0', '--rpc-port', '0', '--metrics-port', '0']
const up = spawn(process.execPath, [STARLING, 'up', '--home', home, '--seed', 'bench', ...ports])
try {
  const url = await new Promise((resolve, reject) => {
    let said = ''
    up.stderr.setEncoding('utf8').on('data', (text) => {
      said += text
      const match = /checked in the browser: (\S+)/.exec(said)
      if (match !== null) resolve(match[1])
    })
    up.once('exit', () => reject(new Error(`starling up has ended:\n${said}`)))
  })
  await measureFirst(url)
  await measureBlocks(url)
  await measureHistory(url)
} finally {
  up.kill('SIGINT')
  await new Promise((resolve) => up.once('close', resolve))
  rmSync(home, { recursive: true })
}
await measureHeap()
await browser.close()

async function measureFirst(url) {
  const visit = async (look) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const started = performance.now()
    const finish = look(page)
    await page.goto(url)
    await page.locator('.card .answer .value').first().waitFor()
    const took = performance.now() - started
    await finish?.()
    await context.close()
    return took
  }
  // The first answers have to come about.
  await visit(() => undefined)
  const bytes = { html: 0, js: 0, css: 0 }
  const sizes = []
  await visit((page) => {
    page.on('response', (response) => {
      const kind = /^text\/(html|javascript|css)/.exec(response.headers()['content-type'] ?? '')?.[1]
      if (kind === undefined || response.url().includes('/rpc')) return
      const name = kind === 'javascript' ? 'js' : kind
      sizes.push(response.body().then((body) => [name, gzipSync(body).length]))
    })
    return () => Promise.all(sizes)
  })
  for (const [name, size] of await Promise.all(sizes)) bytes[name] += size
  const times = []
  for (let i = 0; i < VISITS; i++) times.push(await visit(() => undefined))
  const all = bytes.html + bytes.js + bytes.css
  printTable({
    title: 'The first view',
    note: `gzip; times over ${VISITS} visits of a browser that knows nothing, on loopback`,
    columns: ['', 'HTML kB', 'scripts kB', 'styles kB', 'all kB', 'first answer ms', 'slowest ms'],
    rows: [
      [
        'topics',
        ...[bytes.html, bytes.js, bytes.css, all].map((size) => shorten(size / 1000)),
        ...[median(times), Math.max(...times)].map(shorten),
      ],
    ],
  })
  printAim({ what: 'first view, gzip', value: all / 1000, within: 'at most', limit: 200, unit: ' kB' })
  printAim({ what: 'first answer on screen', value: median(times), within: 'at most', limit: 1500, unit: ' ms' })
}

async function measureBlocks(url) {
  const page = await browser.newPage()
  await page.addInitScript(WATCH)
  await page.goto(`${url}#/blocks`)
  for (let seen = 0; seen < BLOCKS; seen = await page.evaluate('window.heard.size')) await wait(500)
  const delays = (place) =>
    page.evaluate(`[...window.heard].flatMap(([height, at]) => {
      const shown = window.shown.get('${place}' + height)
      return shown === undefined ? [] : [shown - at]
    })`)
  const rows = []
  for (const [what, place] of [
    ['its height in the head', 'head'],
    ['its proven row in the list of blocks', 'list'],
  ]) {
    const list = (await delays(place)).filter((delay) => delay >= 0)
    rows.push([what, list.length, ...[median(list), quantile(list, 0.95), Math.max(...list)].map(shorten)])
    if (place === 'head')
      printAim({
        what: 'a new block on screen after its event',
        value: median(list),
        within: 'at most',
        limit: 200,
        unit: ' ms',
      })
  }
  await page.close()
  printTable({
    title: 'From the event of a block to the screen, ms',
    columns: ['', 'blocks', 'median', '95 %', 'slowest'],
    rows,
  })
}

async function measureHistory(url) {
  const page = await browser.newPage()
  page.setDefaultTimeout(LONGEST_WAIT_MS)
  const { topic } = await (await fetch(`${url}starling/v1/topics/1`)).json()
  const epochLength = BigInt(topic.topic.base.epoch_length)
  const long = openLongTopic({ epochs: EPOCHS, workers: WORKERS, epochLength })
  const newest = String(long.newest)
  const counts = { settled_epochs: String(EPOCHS), first_nonce: String(long.oldest) }
  const told = { topic: { ...topic, ...counts, newest_nonce: newest, last_settled: newest } }
  await page.route('**/starling/v1/topics/1', (route) => route.fulfill({ json: told }))
  await page.route(/\/topics\/1\/(history|tally)/, (route) =>
    route.fulfill({ json: long.answer(route.request().url()) }),
  )
  await page.goto(`${url}#/topic/1`)
  await page.locator('.chart canvas').first().waitFor()
  const started = performance.now()
  await page.getByRole('combobox', { name: /^Epochs/ }).selectOption('all')
  const epochs = () => page.locator('main').getByText(/^Asking for older epochs/)
  await epochs().waitFor()
  await epochs().waitFor({ state: 'hidden' })
  const drawn = performance.now() - started
  const ladder = page.getByText(/are not summed yet/)
  await ladder.waitFor()
  await ladder.waitFor({ state: 'hidden' })
  const summed = performance.now() - started
  const frames = await page.evaluate(EXPLORE)
  await page.close()
  const spans = [median(frames), quantile(frames, 0.95), Math.max(...frames)].map(shorten)
  printTable({
    title: `A topic of ${EPOCHS.toLocaleString('en-GB')} epochs with ${WORKERS} workers, ms`,
    note: `frames are two of the screen, in which a zoom or a move is drawn; node and page share the processors`,
    columns: ['all drawn after', 'ladder over all after', 'frames: median', '95 %', 'slowest'],
    rows: [[shorten(drawn), shorten(summed), ...spans]],
  })
  printAim({
    what: 'a zoom or move over 100,000 epochs',
    value: median(frames),
    within: 'at most',
    limit: 50,
    unit: ' ms',
  })
}

async function measureHeap() {
  const node = await startNode({
    chainId: 'starling-bench-1',
    genesis: { balances: [] },
    ports: { rest: 0, rpc: 0 },
    log: createLog('silent'),
    extraRoutes: (app) => findExplorer()?.(app),
  })
  const rows = []
  try {
    for (let i = 0; i < 3; i++) node.engine.mine()
    for (const view of ['', 'blocks']) {
      const page = await browser.newPage()
      page.on('pageerror', (error) => console.log(`the page failed: ${error}`))
      const session = await page.context().newCDPSession(page)
      await page.goto(`${node.restUrl}/#/${view}`)
      const heap = async () => {
        await session.send('HeapProfiler.collectGarbage')
        const { usedSize } = await session.send('Runtime.getHeapUsage')
        return usedSize / 2 ** 20
      }
      const sizes = []
      for (let made = 0; made <= HOUR; made += STEP) {
        const height = String(node.engine.status().height)
        const shown = () => page.locator('header .height').textContent()
        while ((await shown()).replace(/\D/g, '') !== height) await wait(50)
        await wait(500)
        sizes.push(await heap())
        // In tens, as a page that is looked at gets them while it draws.
        for (let i = 0; made < HOUR && i < STEP; i++) {
          node.engine.mine()
          if (i % 10 === 9) await wait(20)
        }
      }
      rows.push([view === '' ? 'topics' : view, ...sizes.map(shorten)])
      await page.close()
    }
  } finally {
    await node.close()
  }
  const heads = Array.from({ length: HOUR / STEP + 1 }, (_, i) => `after ${i * STEP}`)
  printTable({ title: 'Heap of the page over an hour of blocks, MiB', columns: ['view', ...heads], rows })
}
