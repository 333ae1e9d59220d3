import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium } from 'playwright-core'
import { root } from './install.mjs'

// npm run screenshots: the pictures of the explorer in docs/images, taken of a network of a fixed seed after so many epochs.
const SEED = 'screenshots'
const EPOCHS = 60
const FOLDER = `${root}docs/images`
const MOST_BYTES = 200_000
const LONGEST_WAIT_MS = 120_000

/** What is looked at: its file, its address, what it waits for, what is done to it, and how. */
const views = [
  { file: 'explorer-topics', path: '/', ready: '.card .losses', height: 700, act: untilAllAnswer },
  { file: 'explorer-topic', path: '/topic/1', ready: '.key.band' },
  {
    file: 'explorer-calibration',
    path: '/topic/3',
    ready: '#calibration',
    height: 700,
    act: (page) => showSection(page, '#calibration'),
  },
  { file: 'explorer-epoch', path: '/topic/PAID/epoch/NONCE', ready: '#verify', height: 800, act: verifyHere },
  { file: 'explorer-why', path: '/account/ADDRESS/topic/PAID/epoch/NONCE', ready: '.lines li', height: 760 },
  { file: 'explorer-compare', path: '/topic/1/compare?a=network&b=mean', ready: '.verdict' },
  { file: 'explorer-backtest', path: '/backtest', ready: '.drop', act: runExample },
  { file: 'explorer-dark', path: '/topic/2', ready: '.chart canvas', colorScheme: 'dark' },
  { file: 'explorer-narrow', path: '/topic/1', ready: '.chart canvas', width: 360, height: 800 },
]

async function showSection(page, selector) {
  await page.locator(selector).evaluate((element) => element.scrollIntoView())
}

async function untilAllAnswer(page) {
  for (const part of ['.card .answer-row .mark.verified', '.card .losses']) {
    await page.locator(part).nth(2).waitFor({ timeout: LONGEST_WAIT_MS })
  }
}

async function verifyHere(page) {
  await page.getByRole('button', { name: 'Verify here' }).click()
  await page.locator('.verdict').waitFor({ timeout: LONGEST_WAIT_MS })
  await showSection(page, '#verify')
}

async function runExample(page) {
  await page.getByLabel('all syntheses').check()
  await page.getByRole('button', { name: 'Run the S&P 500 example' }).click()
  await page.locator('#report').waitFor({ timeout: LONGEST_WAIT_MS })
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return String(port)
}

function chromiumPath() {
  const { stdout } = spawnSync('which', ['chromium'], { encoding: 'utf8' })
  if (stdout.trim() !== '') return stdout.trim()
  throw new Error('Chromium is not on PATH. Install it with "apt-get install chromium".')
}

/** Runs `starling up` to its end, or beside this script. */
function startUp(home, args) {
  const command = [`${root}packages/cli/bin/starling.mjs`, 'up', '--home', home, '--seed', SEED, ...args]
  return spawn(process.execPath, command, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NO_COLOR: '1' },
  })
}

async function waitFor(url) {
  for (const end = Date.now() + LONGEST_WAIT_MS; Date.now() < end; await wait(200)) {
    const response = await fetch(url).catch(() => undefined)
    if (response?.ok) return response.json()
  }
  throw new Error(`${url} does not answer.`)
}

/** The newest epoch that paid a worker, else the newest that paid anybody: its topic and nonce, and who got most. */
async function findPaidEpoch(url) {
  const page = await Promise.all(
    [1, 2, 3].map((topic) => waitFor(`${url}/starling/v1/topics/${topic}/epochs?after=${5 * (EPOCHS - 50)}`)),
  )
  const payouts = page.flatMap(({ epochs }) =>
    epochs.flatMap(({ topic_id: topic, nonce, payouts: paid }) => paid.map((one) => ({ topic, nonce, ...one }))),
  )
  const worth = ({ role, nonce }) => (role === 'reputer' ? 0 : 1_000_000) + Number(nonce)
  const [best] = payouts.sort((a, b) => worth(b) - worth(a) || Number(BigInt(b.amount) - BigInt(a.amount)))
  if (best === undefined) throw new Error('No epoch has paid anybody.')
  return best
}

async function take(browser, url, { topic, nonce, address }, view) {
  const { file, path, ready, act, width = 1440, height = 900, colorScheme = 'light' } = view
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(`${url}/#${path.replace('PAID', topic).replace('NONCE', nonce).replace('ADDRESS', address)}`)
  await page.locator(ready).first().waitFor({ timeout: LONGEST_WAIT_MS })
  await act?.(page)
  // Answers and marks come with the next blocks.
  await page.locator('.mark.verified, .drop, .verdict').first().waitFor({ timeout: LONGEST_WAIT_MS })
  const target = `${FOLDER}/${file}.png`
  await page.screenshot({ path: target })
  await context.close()
  const { size } = statSync(target)
  process.stdout.write(`docs/images/${file}.png ${Math.round(size / 1000)} kB\n`)
  if (size <= MOST_BYTES) return
  process.stderr.write(`${file}.png has ${size} bytes, more than the ${MOST_BYTES} allowed: show less of it.\n`)
  process.exitCode = 1
}

const home = mkdtempSync(join(tmpdir(), 'starling-screenshots-'))
const [rest, rpc] = [await freePort(), await freePort()]
const ports = ['--rest-port', rest, '--rpc-port', rpc, '--metrics-port', '0']
let running = startUp(home, ['--exit', '--epochs', String(EPOCHS), '--report', join(home, 'report.json'), ...ports])
let browser
try {
  const [code] = await once(running, 'exit')
  if (code !== 0) throw new Error(`starling up ended with ${code}.`)
  running = startUp(home, ['--pace', '4', ...ports])
  const url = `http://127.0.0.1:${rest}`
  const paid = await findPaidEpoch(url)
  mkdirSync(FOLDER, { recursive: true })
  browser = await chromium.launch({ executablePath: chromiumPath() })
  for (const view of views) await take(browser, url, paid, view)
} finally {
  await browser?.close()
  if (running.exitCode === null) {
    running.kill('SIGINT')
    await once(running, 'exit')
  }
  rmSync(home, { recursive: true, force: true })
}
