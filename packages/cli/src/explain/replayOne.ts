import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { replayEpochs } from '@starling/protocol/replay/replayEpochs'
import type { Replayed } from '@starling/protocol/replay/types'
import { readChain } from '@starling/sdk/records/readChain'
import { blameArchive } from '../archive/blameArchive.ts'
import { CliError } from '../cliError.ts'
import type { OpenRecords } from '../verify/openRecords.ts'

/** Replays up to one epoch. Throws a `CliError` 1 where anything on the way is not what the replay gives. */
export async function replayOne(
  { reader, topic, archive }: OpenRecords,
  nonce: bigint,
): Promise<{ readonly record: EpochRecord; readonly replayed: Replayed }> {
  const { records, complete } = await blameArchive(archive, () =>
    readChain(reader, topic.id, { from: nonce, to: nonce }),
  )
  const verified = complete ? replayEpochs(topic, records) : []
  const record = records.at(-1)?.record
  const last = verified.at(-1)
  const wrong = verified.flatMap(({ mismatches }) => mismatches)
  if (record !== undefined && last?.nonce === nonce && last.replayed !== undefined && wrong.length === 0) {
    if (archive?.fault !== undefined && archive.usedDamage()) throw new CliError(1, archive.fault)
    return { record, replayed: last.replayed }
  }
  const beside = archive === undefined ? '' : ` --archive ${archive.name}`
  const sentence = `The record of epoch ${nonce} is not what a replay gives, so there is nothing to explain.`
  throw new CliError(1, `${sentence} "starling verify topic ${topic.id} --epoch ${nonce}${beside}" names what differs.`)
}
