import { toUtf8 } from '@starling/protocol/bytes/utf8'
import type { Application, BlockResult, CheckResult, TxResult } from '../../../app/application.ts'
import { sha256 } from '../bytes.ts'

/** What survives a restart of the fake application. */
export type KvDisk = { height: bigint; appHash: Uint8Array; values: Map<string, string> }

/** A disk with nothing on it. */
export function emptyDisk(): KvDisk {
  return { height: 0n, appHash: new Uint8Array(), values: new Map() }
}

/** A deterministic key-value application for tests; `fail` throws in the named call when it returns true. */
export type KvApplication = Application & { fail: (call: string) => boolean; checked: string[] }

/** Transactions are `sender/sequence/key=value`; the key `bad` fails in a block, the value `reject` in CheckTx. */
export function createKvApplication(disk: KvDisk): KvApplication {
  let pending: KvDisk | undefined
  const application: KvApplication = {
    fail: () => false,
    checked: [],
    info: () => ({ height: disk.height, appHash: disk.appHash }),
    initChain({ chainId, appState }) {
      disk.values = new Map()
      disk.appHash = sha256(toUtf8(`${chainId}${JSON.stringify(appState)}`))
      return { appHash: disk.appHash }
    },
    checkTx(tx, kind) {
      failIf('checkTx')
      const { sender, sequence, key, value, text } = parse(tx)
      application.checked.push(`${kind} ${text}`)
      const rejected = value === 'reject' || (kind === 'recheck' && disk.values.get(key) === value)
      return { ...txResult(rejected ? 5 : 0, sender, key, value), sender, sequence } satisfies CheckResult
    },
    prepareProposal: ({ txs }) => txs,
    processProposal: () => !application.fail('processProposal'),
    finalizeBlock({ height, timeMs, txs }): BlockResult {
      failIf('finalizeBlock')
      const values = new Map(disk.values)
      const txResults = txs.map((tx) => {
        const { sender, key, value } = parse(tx)
        if (key !== 'bad') values.set(key, value)
        return txResult(key === 'bad' ? 7 : 0, sender, key, value)
      })
      const appHash = sha256(disk.appHash, toUtf8(JSON.stringify([...values])))
      pending = { height, appHash, values }
      const attributes = [{ key: 'time', value: timeMs.toString(), index: true }]
      return { txResults, events: [{ type: 'tick', attributes }], appHash }
    },
    commit() {
      failIf('commit')
      Object.assign(disk, pending)
    },
    query: ({ data, height }) => ({ code: 0, codespace: '', log: '', key: data, value: data, height }),
  }
  const failIf = (call: string): void => {
    if (application.fail(call)) throw new Error(`the disk is gone in ${call}.`)
  }
  return application
}

function parse(tx: Uint8Array): { sender: string; sequence: bigint; key: string; value: string; text: string } {
  const text = Buffer.from(tx).toString('utf8')
  const [, sender = '', sequence = '0', key = '', value = ''] = /^(\w+)\/(\d+)\/(\w+)=(.*)$/s.exec(text) ?? []
  return { sender, sequence: BigInt(sequence), key, value, text }
}

function txResult(code: number, sender: string, key: string, value: string): TxResult {
  const attributes = [
    { key: 'sender', value: sender, index: true },
    { key: 'action', value: '/kv.Set', index: true },
    { key: 'note', value: key, index: false },
  ]
  const events = [
    { type: 'message', attributes },
    { type: 'set', attributes: [{ key: 'value', value, index: true }] },
  ]
  const [codespace, log] = code === 0 ? ['', ''] : ['kv', 'refused']
  return { code, codespace, log, data: toUtf8(key), gasWanted: 10n, gasUsed: 7n, events }
}
