// Requests per second through the servers, over loopback. Client and servers share this process, so the figures are a
// lower bound. Prints figures, asserts nothing but that the requests worked.

import { Agent, request } from 'node:http'
import { testActor } from '@starling/node/app/testing/testChain'
import { useNativeSecp256k1 } from '@starling/node/app/useNativeSecp256k1'
import { startTestNode } from '@starling/node/server/testing/startTestNode'
import { median } from './lib/measure.mjs'
import { printTable, shorten } from './lib/report.mjs'

const REQUESTS = 2000
const ROUNDS = 5
const CLIENTS = 16

useNativeSecp256k1()
const senders = Array.from({ length: CLIENTS }, (_, i) => testActor(`sender ${i}`))
const receiver = testActor('receiver')
const node = await startTestNode([...senders, receiver], { limits: { requestsPerSecond: 1_000_000 } })
const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
node.engine.mine()

/** One request; resolves with the body of a 200. */
function ask(url, body) {
  return new Promise((resolve, reject) => {
    const call = request(url, { agent, method: body === undefined ? 'GET' : 'POST' }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part) => {
        text += part
      })
      response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(text))))
    })
    call.on('error', reject)
    call.end(body)
  })
}

/** Requests per second of CLIENTS callers that each wait for their answer; median over the rounds. */
async function rate(prepare, one) {
  const rates = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const jobs = prepare(round)
    const started = performance.now()
    await Promise.all(
      Array.from({ length: CLIENTS }, async (_, client) => {
        for (let i = client; i < jobs.length; i += CLIENTS) await one(jobs[i])
      }),
    )
    rates.push((jobs.length / (performance.now() - started)) * 1000)
    node.engine.mine()
  }
  return shorten(median(rates))
}

const gets = (path) => () => Array.from({ length: REQUESTS }, () => path)
const get = (url) => ask(url)
const post = async (body) => {
  const { tx_response: answer } = JSON.parse(await ask(`${node.restUrl}/cosmos/tx/v1beta1/txs`, body))
  if (answer.code !== 0) throw new Error(answer.raw_log)
}
/** Each client sends its own transactions, in the order of their sequences. */
const transfers = (round) =>
  Array.from({ length: REQUESTS }, (_, i) => {
    const sequence = BigInt((round * REQUESTS) / CLIENTS + Math.floor(i / CLIENTS))
    const tx = node.pay(senders[i % CLIENTS], receiver, sequence)
    return JSON.stringify({ tx_bytes: Buffer.from(tx).toString('base64'), mode: 'BROADCAST_MODE_SYNC' })
  })

const balance = `${node.restUrl}/cosmos/bank/v1beta1/balances/${receiver.address}`
const toProve = Buffer.from('params').toString('hex')
const proven = `${node.rpcUrl}/abci_query?path="/store/params/key"&data=0x${toProve}&prove=true`
const rows = [
  ['REST, GET fees', await rate(gets(`${node.restUrl}/starling/v1/fees`), get)],
  ['REST, GET balances of an account', await rate(gets(balance), get)],
  ['RPC, status', await rate(gets(`${node.rpcUrl}/status`), get)],
  ['RPC, abci_query with proof', await rate(gets(proven), get)],
  ['REST, POST a transaction', await rate(transfers, post)],
]
await node.close()
agent.destroy()
printTable({
  title: 'Answers of the servers a second',
  note: `${REQUESTS} requests by ${CLIENTS} clients in the node's own process, so that these are lower bounds; median of ${ROUNDS}`,
  columns: ['request', 'answers/s'],
  rows,
})
