import { fileURLToPath } from 'node:url'
import { testActor } from '@starling/node/app/testing/testChain'
import { startTestNode, type TestNode } from '@starling/node/server/testing/startTestNode'
import { toHex } from '@starling/protocol/bytes/hex'
import { parseAddress } from '@starling/protocol/crypto/address'
import { bankKeys } from '@starling/protocol/modules/bank/keys'
import { testBlock, testValidator } from '@starling/protocol/proof/testing/testValidators'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleForPage, type PageBundle } from '../harness/bundleForPage.ts'
import { findChromium } from '../harness/findChromium.ts'
import { toRpcJson } from './toRpcJson.ts'
import { type Question, type RawBlock, type RawValue, verdictOf } from './verdictOf.ts'

const CHAIN_ID = 'starling-test-1'
const BLOCKS = 30
const executablePath = findChromium('The proofs are not checked in a browser')

const alice = testActor('alice')
const bob = testActor('bob')
const keyOf = (address: string): string => toHex(bankKeys.balance(parseAddress(address) ?? new Uint8Array(), 'uallo'))
const bobsKey = keyOf(bob.address)
const nobodysKey = keyOf(testActor('nobody').address)

/** A copy of a JSON document with one member changed; it must exist before. */
function altered<T>(document: T, path: string, change: (old: unknown) => unknown): T {
  const copy = structuredClone(document)
  const names = path.split('.')
  const last = names.pop() ?? ''
  let place = copy as Record<string, unknown>
  for (const name of names) place = place[name] as Record<string, unknown>
  if (!(last in place)) throw new Error(`There is no ${path} to change.`)
  place[last] = change(place[last])
  return copy
}

const flipHex = (text: unknown): string => String(text).replace(/^./, (digit) => (digit === '0' ? '1' : '0'))
const flipBase64 = (text: unknown): string => {
  const bytes = Buffer.from(String(text), 'base64')
  return Buffer.from(bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte))).toString('base64')
}

/** What is told, the member that is changed and how, the verdict over one block and over many. */
type Lie = [what: string, path: string, change: (old: unknown) => unknown, codes: [string, string]]

const both = (code: string): [string, string] => [code, code]
const NO_POWER: [string, string] = ['TOO_LITTLE_POWER', 'TOO_LITTLE_TRUST']

const HEADER = 'commit.signed_header.header'
const COMMIT = 'commit.signed_header.commit'
const SIGNATURE = `${COMMIT}.signatures.0`

describe.skipIf(executablePath === undefined)('the proofs in a browser', () => {
  let node: TestNode
  let bundle: PageBundle
  let browser: Browser
  let page: Page
  const blocks: RawBlock[] = []
  const values = new Map<string, RawValue>()
  let nowMs = 0

  beforeAll(async () => {
    bundle = await bundleForPage(fileURLToPath(new URL('page.ts', import.meta.url)))
    browser = await chromium.launch({ executablePath: executablePath ?? '' })
    page = await browser.newPage()
    await page.addScriptTag({ content: bundle.code })
    node = await startTestNode([alice, bob])
    for (let sequence = 0n; sequence < BLOCKS; sequence += 1n) {
      expect(node.engine.submitTx(node.pay(alice, bob, sequence)).code).toBe(0)
      node.engine.mine()
    }
    for (let height = 1; height <= BLOCKS; height += 1) blocks.push(await blockAt(height))
    for (const key of [bobsKey, nobodysKey]) values.set(key, await valueAt(key, 20))
    const { header } = (blockOf(BLOCKS).commit as { signed_header: { header: { time: string } } }).signed_header
    nowMs = Date.parse(header.time) + 1000
  })
  afterAll(async () => {
    await browser?.close()
    await node?.close()
  })

  async function rpc(path: string): Promise<unknown> {
    const { result } = (await (await fetch(`${node.rpcUrl}/${path}`)).json()) as { result: unknown }
    return result
  }
  const blockAt = async (height: number): Promise<RawBlock> => ({
    commit: await rpc(`commit?height=${height}`),
    validators: await rpc(`validators?height=${height}&per_page=100`),
  })
  async function valueAt(key: string, height: number): Promise<RawValue> {
    const query = `path="/store/bank/key"&data=0x${key}&height=${height}&prove=true`
    return ((await rpc(`abci_query?${query}`)) as { response: RawValue }).response
  }
  function blockOf(height: number): RawBlock {
    const block = blocks[height - 1]
    if (block === undefined) throw new Error(`The test has no block ${height}.`)
    return block
  }

  /** What both say to a question; they must agree. */
  async function verdictOfBoth(question: Question): Promise<string> {
    const inPage: unknown = await page.evaluate(`verdictOf(${JSON.stringify(question)})`)
    expect(inPage).toBe(verdictOf(question))
    return String(inPage)
  }
  const step = (trusted: RawBlock, next: RawBlock, more: { nowMs?: number; chainId?: string } = {}): Promise<string> =>
    verdictOfBoth({ what: 'step', chainId: CHAIN_ID, trusted, next, nowMs, ...more })
  function value(
    key: string,
    change: Partial<{ key: string; header: RawBlock; store: string; answer: RawValue }> = {},
  ) {
    const answer = values.get(key)
    if (answer === undefined) throw new Error(`The test has no answer for ${key}.`)
    return verdictOfBoth({ what: 'value', header: blockOf(21), store: 'bank', key, answer, ...change })
  }
  const answerFor = (key: string): RawValue => values.get(key) ?? { value: null, proofOps: { ops: [] } }

  it('needs nothing that only Node has', async () => {
    expect(bundle.imports).toEqual([])
    expect(bundle.modules.filter((id) => /^node:|__vite-browser-external|\/node\/src\//.test(id))).toEqual([])
    expect(bundle.modules.some((id) => id.endsWith('protocol/src/proof/verifyLightBlock.ts'))).toBe(true)
    expect(await page.evaluate('typeof process + typeof require + typeof Buffer')).toBe('undefined'.repeat(3))
    process.stderr.write(`The proofs in a page: ${bundle.bytes} bytes, ${bundle.gzipBytes} with gzip.\n`)
    expect(bundle.gzipBytes).toBeLessThan(40_000)
  })

  it('accepts every header one after the other, and over many', async () => {
    for (let height = 1; height < BLOCKS; height += 1) {
      expect(await step(blockOf(height), blockOf(height + 1))).toBe('accepted')
    }
    for (const height of [3, 11, 30]) expect(await step(blockOf(1), blockOf(height))).toBe('accepted')
    expect(await verdictOfBoth({ what: 'block', chainId: CHAIN_ID, block: blockOf(7) })).toBe('accepted')
  })

  it('follows validators that change, and says where a step is too long', async () => {
    const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((name) => testValidator(name, 10n))
    if (!a || !b || !c || !d || !e) throw new Error('The fixture has five validators.')
    const at = (height: number, validators: (typeof a)[], nextValidators = validators): RawBlock =>
      toRpcJson(testBlock({ height: BigInt(height), seconds: BigInt(900 + height), validators, nextValidators }))
    const judge = (trusted: RawBlock, next: RawBlock): Promise<string> =>
      step(trusted, next, { chainId: 'c', nowMs: 1_000_000 })
    const old = at(5, [a, b, c], [b, c, d])
    expect(await judge(old, at(6, [b, c, d]))).toBe('accepted')
    expect(await judge(old, at(6, [a, b, c]))).toBe('WRONG_VALIDATORS')
    expect(await judge(old, at(9, [b, c, d, e]))).toBe('accepted')
    expect(await judge(old, at(9, [c, d, e]))).toBe('TOO_LITTLE_TRUST')
    expect(await judge(at(6, [b, c, d]), at(9, [c, d, e]))).toBe('accepted')
  })

  it.each<Lie>([
    ['a result is altered', `${HEADER}.app_hash`, flipHex, both('WRONG_HEADER')],
    ['the chain is another', `${HEADER}.chain_id`, () => 'another-chain', both('WRONG_CHAIN')],
    ['the signature is altered', `${SIGNATURE}.signature`, flipBase64, both('BAD_SIGNATURE')],
    [
      'the time that was signed is another',
      `${SIGNATURE}.timestamp`,
      () => '2001-01-01T00:00:00Z',
      both('BAD_SIGNATURE'),
    ],
    ['nobody has signed', `${SIGNATURE}.block_id_flag`, () => 1, NO_POWER],
    ['the only vote is for no block', `${SIGNATURE}.block_id_flag`, () => 3, NO_POWER],
    ['a validator has more power', 'validators.validators.0.voting_power', () => '999', both('WRONG_VALIDATORS')],
    ['signatures are missing', `${COMMIT}.signatures`, () => [], ['WRONG_VALIDATORS', 'TOO_LITTLE_TRUST']],
    ['the commit is of another block', `${COMMIT}.block_id.hash`, flipHex, both('WRONG_HEADER')],
    ['the height is no number', `${HEADER}.height`, () => 'seven', both('MALFORMED')],
  ])('refuses a header where %s', async (_what, path, change, [code, overMany]) => {
    const lie = altered(blockOf(7), path, change)
    expect(await step(blockOf(6), lie)).toBe(code)
    expect(await step(blockOf(1), lie)).toBe(overMany)
  })

  it('refuses a header that is old, of the future, or on top of one that is too old', async () => {
    expect(await step(blockOf(7), blockOf(7))).toBe('OLD_HEADER')
    expect(await step(blockOf(8), blockOf(7))).toBe('OLD_HEADER')
    expect(await step(blockOf(7), blockOf(8), { nowMs: nowMs - 60_000 })).toBe('FROM_THE_FUTURE')
    expect(await step(blockOf(7), blockOf(8), { nowMs: nowMs + 3_600_000 })).toBe('EXPIRED')
  })

  it('accepts the path of a present and of an absent key', async () => {
    expect(answerFor(bobsKey).value).not.toBeNull()
    expect(answerFor(nobodysKey).value).toBeNull()
    expect(await value(bobsKey)).toBe('accepted')
    expect(await value(nobodysKey)).toBe('accepted')
  })

  it('refuses every lie about a value', async () => {
    const [present, absent] = [answerFor(bobsKey), answerFor(nobodysKey)]
    const richer = Buffer.from('9999').toString('base64')
    expect(await value(bobsKey, { answer: { ...present, value: richer } })).toBe('WRONG_VALUE')
    expect(await value(nobodysKey, { answer: { ...absent, value: richer } })).toBe('BAD_PROOF')
    expect(await value(bobsKey, { answer: { ...present, value: null } })).toBe('NOT_ABSENT')
    expect(await value(bobsKey, { key: keyOf(alice.address) })).toBe('WRONG_KEY')
    expect(await value(bobsKey, { store: 'auth' })).toBe('WRONG_KEY')
    expect(await value(bobsKey, { header: blockOf(20) })).toBe('WRONG_APP_HASH')
    const torn = altered(present, 'proofOps.ops.1.data', flipBase64)
    expect(await value(bobsKey, { answer: torn })).toBe('WRONG_APP_HASH')
    expect(await value(bobsKey, { answer: altered(present, 'proofOps.ops', () => []) })).toBe('MALFORMED')
  })
})
