import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { fromBase64 } from '@starling/protocol/bytes/base64'
import { type WebSocket, WebSocketServer } from 'ws'
import { at, textAt } from '../http/json.ts'
import type { ChainEvent } from '../types.ts'
import type { FakeBlock, FakeChain } from './fakeChain.ts'
import { blockResultsJson, eventsJson, txEventJson, txResponseJson } from './fakeJson.ts'
import { closeServer, listen, readBody } from './loopback.ts'

/** A node over real HTTP and WebSocket on loopback, whose chain a test drives block by block. */
export interface FakeNode {
  readonly url: string
  readonly rpc: string
  readonly chain: FakeChain
  /** Every request that came, as `GET /path`, `rpc method` or `ws method`. */
  readonly requests: readonly string[]
  /** Answers a path of REST with this JSON. */
  answer(path: string, json: unknown, status?: number): void
  /** Makes a block and tells the subscribers. */
  mine(events?: readonly ChainEvent[]): FakeBlock
  /** Ends every WebSocket at once. */
  cut(): void
  /** What the WebSockets do: serve; take connections and answer nothing but subscriptions; or turn everybody away. */
  sockets: 'serve' | 'mute' | 'refuse'
  /** Height that `status` claims in place of the chain's. */
  height: bigint | undefined
  /** Blocks below this height are not kept. */
  pruned: bigint
  /** Resolves when something like this has been requested so many times. */
  requested(request: string, times: number): Promise<void>
  close(): Promise<void>
}

type Subscriber = { readonly socket: WebSocket; readonly id: unknown; readonly query: string }

type NodeState = {
  readonly chain: FakeChain
  readonly canned: Map<string, { readonly json: unknown; readonly status: number }>
  readonly subscribers: Set<Subscriber>
  readonly note: (request: string) => void
  sockets: FakeNode['sockets']
  height: bigint | undefined
  pruned: bigint
}

/** Starts both servers on free ports. */
export async function startFakeNode(chain: FakeChain): Promise<FakeNode> {
  const requests: string[] = []
  const watchers = new Set<() => void>()
  const state: NodeState = {
    chain,
    canned: new Map(),
    subscribers: new Set(),
    note(request) {
      requests.push(request)
      for (const watcher of watchers) watcher()
    },
    sockets: 'serve',
    height: undefined,
    pruned: 0n,
  }
  const rest = createServer((request, response) => void serveRest(state, request, response))
  const rpc = createServer((request, response) => void serveRpc(state, request, response))
  const sockets = serveSockets(state, rpc)
  const url = await listen(rest)
  const node = {
    url,
    rpc: await listen(rpc),
    requests,
    answer: (path: string, json: unknown, status = 200) => void state.canned.set(path, { json, status }),
    mine(events?: readonly ChainEvent[]) {
      const block = chain.mine(events)
      publish(state, block)
      return block
    },
    cut() {
      for (const socket of sockets.clients) socket.terminate()
    },
    requested: (request: string, times: number) =>
      new Promise<void>((resolve) => {
        const check = (): void => {
          if (requests.filter((one) => one === request).length < times) return
          watchers.delete(check)
          resolve()
        }
        watchers.add(check)
        check()
      }),
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      await Promise.all([closeServer(rest), closeServer(rpc)])
    },
  }
  // The state's own fields are the switches that tests turn.
  return Object.assign(state, node)
}

async function serveRest(state: NodeState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '/'
  state.note(`${request.method} ${path}`)
  const body = await readBody(request)
  const canned = state.canned.get(path)
  const { status, json } = canned ?? restAnswer(state.chain, path, body)
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(json))
}

function restAnswer(chain: FakeChain, path: string, body: string): { readonly status: number; readonly json: unknown } {
  const ok = (json: unknown): { status: number; json: unknown } => ({ status: 200, json })
  const missing = (what: string): { status: number; json: unknown } => ({
    status: 404,
    json: { code: 5, message: `${what} not found`, details: [] },
  })
  const [, kind, name = ''] =
    /^\/cosmos\/(?:bank\/v1beta1\/(balances)|auth\/v1beta1\/(accounts)|tx\/v1beta1\/(txs))\/([^/?]+)/
      .exec(path)
      ?.filter((part) => part !== undefined) ?? []
  const account = chain.account(name)
  if (kind === 'balances') return ok({ balance: { denom: 'uallo', amount: String(account?.balance ?? 0n) } })
  if (kind === 'accounts') {
    if (account === undefined) return missing(`account ${name}`)
    const { accountNumber, sequence } = account
    const numbers = { account_number: String(accountNumber), sequence: String(sequence) }
    return ok({ account: { '@type': '/cosmos.auth.v1beta1.BaseAccount', address: name, pub_key: null, ...numbers } })
  }
  if (kind === 'txs') {
    const tx = chain.tx(name)
    return tx === undefined ? missing(`tx ${name}`) : ok({ tx: {}, tx_response: txResponseJson(tx) })
  }
  if (path === '/cosmos/tx/v1beta1/txs') {
    const bytes = fromBase64(textAt(JSON.parse(body), 'tx_bytes'))
    const verdict = chain.submit(bytes ?? new Uint8Array())
    return ok({ tx_response: { ...txResponseJson({ ...verdict, height: 0n, gasUsed: 0n, events: [] }) } })
  }
  if (path.endsWith('/node_info')) return ok({ default_node_info: { network: chain.chainId } })
  if (path.endsWith('/blocks/latest')) return ok({ block: { header: { height: String(chain.height()) } } })
  if (path === '/starling/v1/fees') return ok({ params: { min_gas_price: String(chain.minGasPrice) } })
  return { status: 501, json: { code: 12, message: 'Not Implemented', details: [] } }
}

async function serveRpc(state: NodeState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const call: unknown = JSON.parse(await readBody(request))
  state.note(`rpc ${textAt(call, 'method')}`)
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ jsonrpc: '2.0', id: at(call, 'id'), ...rpcAnswer(state, call) }))
}

function rpcAnswer({ chain, ...state }: NodeState, call: unknown): object {
  const method = textAt(call, 'method')
  if (method === 'status')
    return { result: { sync_info: { latest_block_height: String(state.height ?? chain.height()) } } }
  if (method === 'health') return { result: {} }
  const height = BigInt(textAt(call, 'params', 'height'))
  const block = height < state.pruned ? undefined : chain.block(height)
  if (block !== undefined) return { result: blockResultsJson(block) }
  return { error: { code: -32603, message: 'Internal error', data: `height ${height} is not available` } }
}

function serveSockets(state: NodeState, server: Server): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, connection, head) => {
    state.note('ws connect')
    if (state.sockets === 'refuse') {
      connection.destroy()
      return
    }
    sockets.handleUpgrade(request, connection, head, (socket) => {
      socket.on('message', (data) => onMessage(state, socket, JSON.parse(String(data))))
      socket.on('close', () => {
        for (const subscriber of state.subscribers) {
          if (subscriber.socket === socket) state.subscribers.delete(subscriber)
        }
      })
    })
  })
  return sockets
}

function onMessage(state: NodeState, socket: WebSocket, call: unknown): void {
  const method = textAt(call, 'method')
  const id = at(call, 'id')
  state.note(`ws ${method}`)
  if (method === 'subscribe') state.subscribers.add({ socket, id, query: textAt(call, 'params', 'query') })
  else if (state.sockets === 'mute') return
  socket.send(JSON.stringify({ jsonrpc: '2.0', id, result: {} }))
}

/** Tells subscribers of a block, in the frames of CometBFT: first the block, then its transactions. */
function publish({ subscribers }: NodeState, { height, events, txs }: FakeBlock): void {
  const tell = (wanted: string, data: object, more: object): void => {
    for (const { socket, id, query } of subscribers) {
      if (query !== `tm.event='${wanted}'`) continue
      const result = { query, data: { type: `tendermint/event/${wanted}`, value: data }, events: more }
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, result }))
    }
  }
  const value = { height: String(height), num_txs: String(txs.length), events: eventsJson(events) }
  tell('NewBlockEvents', value, { 'tm.event': ['NewBlockEvents'] })
  for (const tx of txs) tell('Tx', { TxResult: txEventJson(tx) }, { 'tm.event': ['Tx'], 'tx.hash': [tx.hash] })
}
