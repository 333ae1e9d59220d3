import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

/** What a node says of a key: the store, the key in hexadecimal, and the value. The relay says what is returned. */
export type Alter = (store: string, key: string, value: Buffer) => Uint8Array

/** An RPC server between a reader and a node that may lie about values. */
export type Relay = { readonly url: string; alter: Alter; close(): Promise<void> }

/** Starts a relay on loopback; at first it lies about nothing. */
export async function startRelay(rpcUrl: string): Promise<Relay> {
  const relay = { alter: ((_store, _key, value) => value) as Alter }
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const answer = await fetch(rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    response.setHeader('content-type', 'application/json')
    response.end(alterReply(JSON.parse(body), await answer.text(), relay.alter))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the relay has no port')
  return Object.assign(relay, {
    url: `http://127.0.0.1:${address.port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  })
}

type Request = { readonly method: string; readonly params: { readonly path?: string; readonly data?: string } }

function alterReply({ method, params }: Request, reply: string, alter: Alter): string {
  const [, store] = /^\/store\/([a-z]+)\/key$/.exec(params.path ?? '') ?? []
  if (method !== 'abci_query' || store === undefined) return reply
  const json = JSON.parse(reply)
  const { response } = json.result
  if (response.value !== null) {
    const altered = alter(store, params.data ?? '', Buffer.from(response.value, 'base64'))
    response.value = Buffer.from(altered).toString('base64')
  }
  return JSON.stringify(json)
}
