// Milliseconds that the decoder takes for the worst inputs of one transaction, 1 MiB. Prints figures, and
// what the decoder says; what it passes, the stateless checks and the ante refuse.

import { create, toBinary } from '@bufbuild/protobuf'
import { TxBodySchema, TxRawSchema } from '@starling/protocol/gen/cosmos/tx/v1beta1/tx_pb'
import { InsertWorkerPayloadRequestSchema } from '@starling/protocol/gen/emissions/v10/tx_pb'
import { decodeTx } from '@starling/protocol/tx/decodeTx'
import { encodeTx } from '@starling/protocol/tx/encodeTx'
import { median, timed } from './lib/measure.mjs'
import { printAim, printTable, shorten } from './lib/report.mjs'

const SIZE = 2 ** 20
const ROUNDS = 100
const AIM_MS = 5

const text = new TextEncoder()
const repeated = (part, size) => Uint8Array.from({ length: size }, (_, i) => part[i % part.length])
// What a well-formed transaction is signed with, so that nothing is refused before the worst has been read.
const small = { privateKey: new Uint8Array(32).fill(7), chainId: 'c', accountNumber: 0n, sequence: 0n, gasLimit: 1n }
const { authInfoBytes } = decodeTx(
  encodeTx({ ...small, fee: 1n, messages: [{ typeUrl: '/mint.v5.RecalculateTargetEmissionRequest', value: {} }] }),
)
const tx = (bodyBytes) =>
  toBinary(TxRawSchema, create(TxRawSchema, { bodyBytes, authInfoBytes, signatures: [new Uint8Array(64)] }))
const body = (fields) => tx(toBinary(TxBodySchema, create(TxBodySchema, fields)))
const message = (typeUrl, value) => ({ messages: [{ typeUrl, value }] })

const room = SIZE - 400
const payload = (element, count) =>
  toBinary(
    InsertWorkerPayloadRequestSchema,
    create(InsertWorkerPayloadRequestSchema, {
      workerDataBundle: {
        inferenceForecastsBundle: { forecast: { forecastElements: Array.from({ length: count }, () => element) } },
      },
    }),
  )
const worker = '/emissions.v10.InsertWorkerPayloadRequest'
const extra = (size) =>
  toBinary(
    InsertWorkerPayloadRequestSchema,
    create(InsertWorkerPayloadRequestSchema, {
      workerDataBundle: { inferenceForecastsBundle: { inference: { extraData: new Uint8Array(size).fill(1) } } },
    }),
  )

const inputs = {
  'empty messages': tx(repeated([0x0a, 0x00], room)),
  'groups opened': new Uint8Array(SIZE).fill(0x0b),
  'groups opened and closed': tx(repeated([0x7b, 0x7c], room)),
  'all padding': new Uint8Array(SIZE).fill(0x80),
  'nested lengths': tx(repeated([0x0a, 0x7f], room)),
  'unknown fields': tx(repeated([0x78, 0x01], room)),
  'packed parameters': body(
    message('/emissions.v10.UpdateParamsRequest', repeated([0x12, 0x80, 0x20, ...new Uint8Array(4096).fill(1)], room)),
  ),
  'a long memo, ASCII': body({ memo: 'x'.repeat(room) }),
  'a long memo, three bytes each': body({ memo: '€'.repeat(room / 3) }),
  'a long memo, no UTF-8': tx(new Uint8Array([0x12, 0xf0, 0xff, 0x3f, ...repeated([0xe2, 0x82, 0x41], room)])),
  'a long type URL': body(message('/'.repeat(room), new Uint8Array())),
  'a long message of no fields': body(message(worker, repeated([0x0a, 0x00], room))),
  'as many elements and text as pass': body(
    message(worker, payload({ inferer: 'é'.repeat(24), value: '1'.repeat(48) }, 655)),
  ),
  'extra data of a megabyte': body(message(worker, extra(room))),
  'as many small elements as pass': body(message(worker, payload({ inferer: 'i', value: '1' }, 655))),
  'as many empty elements as pass': body(message(worker, payload({}, 1980))),
  'sixty-four messages of coins': body({
    messages: Array.from({ length: 64 }, () => ({
      typeUrl: '/cosmos.bank.v1beta1.MsgSend',
      value: repeated([0x1a, 0x00], 50),
    })),
  }),
  'random bytes': text.encode('starling'.repeat(SIZE / 8)),
}

const found = Object.entries(inputs).map(([name, bytes]) => {
  let refused = ''
  const once = () => {
    try {
      decodeTx(bytes)
      refused = ''
    } catch (error) {
      refused = error.message
    }
  }
  // A node has seen transactions before: the first rounds only compile the code.
  for (let round = 0; round < ROUNDS; round += 1) once()
  const times = Array.from({ length: ROUNDS }, () => timed(once))
  return { name, size: bytes.length, median: median(times), slowest: Math.max(...times), refused }
})
found.sort((a, b) => b.median - a.median)
printTable({
  title: 'The decoder on its worst inputs',
  note: `milliseconds, ${ROUNDS} rounds of each, and what it says first`,
  columns: ['input', 'bytes', 'median', 'slowest', 'says'],
  rows: found.map(({ name, size, median: middle, slowest, refused }) => [
    name,
    size.toLocaleString('en-GB'),
    shorten(middle),
    shorten(slowest),
    refused.slice(0, 60).replaceAll('|', '/') || 'passes',
  ]),
})
printAim({
  what: `worst input, ${found[0].name}`,
  value: found[0].median,
  within: 'at most',
  limit: AIM_MS,
  unit: ' ms',
})
