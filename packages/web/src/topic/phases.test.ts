import { create } from '@bufbuild/protobuf'
import { OpenEpochSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { expect, it } from 'vitest'
import { standingOf } from './phases.ts'

const plain = create(OpenEpochSchema, {
  nonce: 10n,
  workerOpen: 11n,
  workerClose: 13n,
  truthOpen: 16n,
  truthClose: 20n,
})
const verified = create(OpenEpochSchema, { ...plain, workerCommitClose: 12n, truthCommitClose: 18n })

const at = (epoch: typeof plain, height: bigint): unknown => {
  const { phases, now, blocks } = standingOf(epoch, height)
  return [phases[now]?.name, blocks]
}

it('a plain epoch takes predictions, waits, and takes the truth', () => {
  expect(standingOf(plain, 10n).phases.map(({ name }) => name)).toEqual(['predict', 'wait', 'truth', 'settle'])
  expect(at(plain, 10n)).toEqual(['predict', 3n])
  expect(at(plain, 12n)).toEqual(['predict', 1n])
  expect(at(plain, 13n)).toEqual(['wait', 2n])
  expect(at(plain, 15n)).toEqual(['truth', 5n])
  expect(at(plain, 19n)).toEqual(['truth', 1n])
  expect(at(plain, 20n)).toEqual(['settle', 1n])
})

it('a sealed one has commitments and reveals on both sides', () => {
  const names = ['commit', 'reveal', 'wait', 'truth commit', 'truth reveal', 'settle']
  expect(standingOf(verified, 10n).phases.map(({ name }) => name)).toEqual(names)
  expect(at(verified, 10n)).toEqual(['commit', 2n])
  expect(at(verified, 12n)).toEqual(['reveal', 1n])
  expect(at(verified, 13n)).toEqual(['wait', 2n])
  expect(at(verified, 17n)).toEqual(['truth commit', 1n])
  expect(at(verified, 18n)).toEqual(['truth reveal', 2n])
})

it('waits for the truth from the block on in which the reveals closed early', () => {
  expect(at(create(OpenEpochSchema, { ...verified, workClosed: true }), 12n)).toEqual(['wait', 3n])
})

it('has no wait where the truth may come at once', () => {
  const quick = create(OpenEpochSchema, { ...plain, truthOpen: 14n })
  expect(standingOf(quick, 12n).phases.map(({ name }) => name)).toEqual(['predict', 'truth', 'settle'])
  expect(at(quick, 13n)).toEqual(['truth', 7n])
})
