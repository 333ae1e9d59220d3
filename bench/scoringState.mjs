// Bytes of what a verified topic remembers, and milliseconds to write, read and hash them, by number of workers. Everybody
// takes part in every epoch; 100 epochs are remembered, and 200 residuals. Prints figures; fails where the bytes do not
// give back the state.

import { deepStrictEqual } from 'node:assert'
import { sha256 } from '@starling/protocol/crypto/sha256'
import { decodeScoringState } from '@starling/protocol/modules/synthesis/decodeScoringState'
import { encodeScoringState } from '@starling/protocol/modules/synthesis/encodeScoringState'
import { playVerified } from '@starling/protocol/modules/synthesis/verified/testing/playVerified'
import { emptyScoringState } from '@starling/protocol/scoring/emptyScoringState'
import { median, timed } from './lib/measure.mjs'
import { printAim, printTable, shorten } from './lib/report.mjs'

const AIM = 2
const EPOCHS = 201
const ROUNDS = 40

const numbers = { loss: 'squared', domain: [-100, 100], labels: [], levels: [] }
const labelled = (count) => ({
  ...numbers,
  loss: 'cross-entropy',
  domain: [0, 1],
  labels: Array.from({ length: count }, (_, i) => `l${i}`),
})
const topics = [
  ['a number, 12 workers', numbers, 12],
  ['a number, 64 workers', numbers, 64],
  ['a number, 512 workers', numbers, 512],
  ['8 labels, 12 workers', labelled(8), 12],
  ['64 labels, 64 workers', labelled(64), 64],
]

function measure([what, config, members]) {
  const verified = playVerified({ config, seed: 1, members, epochs: EPOCHS, attendance: 2, memory: 100 })
  const state = { ...emptyScoringState(), verified }
  const bytes = encodeScoringState(state)
  deepStrictEqual(decodeScoringState(bytes), state)
  const rounds = Array.from({ length: ROUNDS }, () => ({
    encode: timed(() => encodeScoringState(state)),
    decode: timed(() => decodeScoringState(bytes)),
    hash: timed(() => sha256(bytes)),
  })).slice(ROUNDS / 4)
  const of = (step) => median(rounds.map((round) => round[step]))
  return { what, size: bytes.length, encode: of('encode'), decode: of('decode'), hash: of('hash') }
}

const measured = topics.map(measure)
printTable({
  title: 'What a verified topic remembers',
  note: 'tower, contribution of 100 epochs and 200 residuals, calibration and edge; milliseconds, medians',
  columns: ['topic', 'bytes', 'encode', 'decode', 'sha256'],
  rows: measured.map(({ what, size, encode, decode, hash }) => [
    what,
    size.toLocaleString('en-GB'),
    shorten(encode),
    shorten(decode),
    shorten(hash),
  ]),
})
const [{ encode, decode }] = measured
printAim({
  what: 'write and read the state of 12 workers',
  value: encode + decode,
  within: 'at most',
  limit: AIM,
  unit: ' ms',
})
