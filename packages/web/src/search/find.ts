import { toBase64 } from '@starling/protocol/bytes/base64'
import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import { fromHex, toHex } from '@starling/protocol/bytes/hex'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { headerHash } from '@starling/protocol/proof/headerHash'
import { integerAt } from '@starling/sdk/http/json'
import type { Snapshot } from '@starling/sdk/proof/snapshot'
import { StarlingError } from '@starling/sdk/starlingError'
import type { Chain } from '../chain/openChain.ts'
import { readTopics } from '../chain/readTopics.ts'
import { type Trust, unverifiedList } from '../parts/Mark.tsx'
import { formatWhole } from '../text/formatNumber.ts'
import { plainText } from '../text/plainText.ts'
import type { Sought } from './understand.ts'

/** Something that was found, and where it is shown. */
export type Find = { readonly title: string; readonly href: string; readonly note: string; readonly trust: Trust }

/** Topics that are listed for words. */
const MOST = 50

/** Looks for what is sought, with proofs where there are any. */
export async function find(chain: Chain, state: Snapshot, sought: Sought): Promise<readonly Find[]> {
  switch (sought.kind) {
    case 'nothing':
    case 'mistyped':
      return []
    case 'number':
      return [
        ...(sought.as === 'block' ? [] : await findTopic(state, sought.number)),
        ...(sought.as === 'topic' ? [] : findBlock(state, sought.number)),
      ]
    case 'address':
      return findAccount(state, sought.address)
    case 'hash':
      return [...(await findTx(chain, sought.hash)), ...(await findBlockByHash(chain, state, sought.hash))]
    case 'validator':
      return findValidator(state, sought.address)
    case 'words':
      return findByName(chain, sought.text)
  }
}

async function findTopic(state: Snapshot, id: bigint): Promise<readonly Find[]> {
  const topic = await state.topic(id)
  if (topic === undefined) return []
  const title = `Topic ${id}`
  return [{ title, href: `#/topic/${id}`, note: plainText(topic.name, 80), trust: { kind: 'verified', at: state.at } }]
}

function findBlock({ at }: Snapshot, height: bigint): readonly Find[] {
  if (height < 1n || height > at.height) return []
  const note = `the newest proven block is ${formatWhole(at.height)}`
  return [{ title: `Block ${formatWhole(height)}`, href: `#/block/${height}`, note, trust: { kind: 'signed', ...at } }]
}

async function findAccount(state: Snapshot, address: string): Promise<readonly Find[]> {
  const [module] = Object.entries(moduleAddresses).find(([, own]) => own === address) ?? []
  const account = await state.account(address)
  if (account === undefined && module === undefined && (await state.balance(address)) === 0n) return []
  const note = module === undefined ? 'an account of this chain' : `the account of a module: ${module}`
  return [
    { title: `Account ${address}`, href: `#/account/${address}`, note, trust: { kind: 'verified', at: state.at } },
  ]
}

async function findTx({ client }: Chain, hash: string): Promise<readonly Find[]> {
  const landed = await client.tx(hash)
  if (landed === undefined) return []
  const trust: Trust = { kind: 'unverified', why: 'The node says that it has it: its page proves it.' }
  return [{ title: 'Transaction', href: `#/tx/${hash}`, note: `in block ${formatWhole(landed.height)}`, trust }]
}

async function findBlockByHash({ rpc }: Chain, state: Snapshot, hash: string): Promise<readonly Find[]> {
  const wanted = fromHex(hash.toLowerCase()) ?? new Uint8Array()
  const reply = await rpc.call('header_by_hash', { hash: toBase64(wanted) })
  const height = integerAt(reply, ['header', 'height'], 0n)
  if (height < 1n || height > state.at.height) return []
  const { header } = await state.block(height)
  if (!equalBytes(headerHash(header), wanted)) {
    throw new StarlingError('refuted', `The node says that block ${height} has this hash, but it has another.`)
  }
  const title = `Block ${formatWhole(height)}`
  return [{ title, href: `#/block/${height}`, note: 'by its hash', trust: { kind: 'signed', height, hash: wanted } }]
}

async function findValidator(state: Snapshot, address: string): Promise<readonly Find[]> {
  const { validators } = await state.block(state.at.height)
  const found = validators.find((one) => toHex(one.address) === address)
  if (found === undefined) return []
  const note = `with a power of ${formatWhole(found.power)}`
  return [{ title: `Validator ${address}`, href: '#/validators', note, trust: { kind: 'verified', at: state.at } }]
}

async function findByName(chain: Chain, text: string): Promise<readonly Find[]> {
  const wanted = text.toLowerCase()
  const views = await readTopics(chain)
  return views
    .filter(({ topic }) => `${topic?.name ?? ''} ${topic?.policy?.resolution ?? ''}`.toLowerCase().includes(wanted))
    .slice(0, MOST)
    .map(({ topic }) => {
      const id = topic?.base?.id ?? 0n
      const title = plainText(topic?.name ?? '', 80)
      return { title, href: `#/topic/${id}`, note: `topic ${id}`, trust: unverifiedList }
    })
}
