import type { OpenEpoch } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type { SealedTerms } from '@starling/protocol/scoring/types'
import type { Client } from '@starling/sdk/types'
import { findTopic } from '../chain/findTopic.ts'
import { withClient } from '../chain/withClient.ts'
import type { Globals } from '../globals.ts'
import type { Io } from '../io.ts'
import { formatAllo } from '../output/formatAllo.ts'
import { formatDocument } from '../output/formatDocument.ts'
import { formatNumber } from '../output/formatNumber.ts'
import { printJson } from '../output/printJson.ts'
import { formatCalibration } from './formatCalibration.ts'
import { type ShownCalibration, viewCalibration } from './viewCalibration.ts'
import { type TopicRow, viewTopicRow } from './viewTopicRow.ts'

/** The windows of an open epoch. A submission counts in the blocks after `open`, up to and with `close`. */
export type EpochWindows = {
  readonly nonce: number
  readonly workerOpen: number
  readonly workerClose: number
  readonly truthOpen: number
  readonly truthClose: number
  readonly answered: boolean
  /** uallo. */
  readonly pot: string
}

/** What `topic show --json` prints. */
export type ShownTopic = TopicRow & {
  /** The newest block. */
  readonly height: number
  readonly policy: Readonly<Record<string, unknown>>
  readonly calibration: ShownCalibration
  readonly windows: readonly EpochWindows[]
}

/** Reads a topic with its calibration and its open windows. */
export async function readShownTopic(client: Client, text: string): Promise<ShownTopic> {
  const { id, view, facts } = await findTopic(client, text)
  const [{ height, epochs }, calibration] = await Promise.all([
    client.windowsUnverified(id),
    client.calibrationUnverified(id),
  ])
  const { minStake, domain, sealed, ...policy } = facts.policy
  return {
    ...viewTopicRow(view),
    height: Number(height),
    policy: { ...policy, domain: [...domain], minStake: minStake.toString(), ...showSealed(sealed) },
    calibration: viewCalibration(calibration),
    windows: epochs.map(viewWindows),
  }
}

function showSealed(sealed: SealedTerms | undefined): Readonly<Record<string, unknown>> {
  if (sealed === undefined) return {}
  const { bond, workerCommit, workerReveal, truthCommit, truthReveal } = sealed
  const blocks = { workerCommit, workerReveal, truthCommit, truthReveal }
  const windows = Object.fromEntries(Object.entries(blocks).map(([name, count]) => [name, Number(count)]))
  return { sealed: { ...windows, bond: bond.toString() } }
}

/** The epoch opens with the block of its nonce, so that close − open is the window that the topic was made with. */
function viewWindows({
  nonce,
  workerOpen,
  workerClose,
  truthOpen,
  truthClose,
  answered,
  pot,
}: OpenEpoch): EpochWindows {
  return {
    nonce: Number(nonce),
    workerOpen: Number(workerOpen) - 1,
    workerClose: Number(workerClose),
    truthOpen: Number(truthOpen) - 1,
    truthClose: Number(truthClose),
    answered,
    pot,
  }
}

/** Prints one topic with its policy, how right its answers were, and its open windows. */
export async function showTopic(
  options: Pick<Globals, 'json' | 'node' | 'rpc'> & { readonly io: Io; readonly topic: string },
): Promise<void> {
  const { io, json } = options
  const shown = await withClient(options, (client) => readShownTopic(client, options.topic))
  if (json) printJson(io, shown)
  else io.stdout.write(formatTopic(shown))
}

function formatTopic({ windows, policy, calibration, height, ...row }: ShownTopic): string {
  const coins = {
    weight: formatNumber(Number(row.weight)),
    revenue: formatAllo(BigInt(row.revenue)),
    stake: formatAllo(BigInt(row.stake)),
  }
  const shown = windows.map(({ pot, ...one }) => ({ ...one, pot: formatAllo(BigInt(pot)) }))
  const talk =
    windows.length === 0
      ? `no window is open; ${row.active ? `the next epoch opens with block ${row.nextEpoch}` : 'the topic is inactive: it needs stake and funds'}\n`
      : `${formatDocument(shown)}now at block ${height}; a submission counts in the blocks after "open", up to and with "close"\n`
  const right = formatCalibration(calibration)
  const told = right === undefined ? '' : `\nhow right its answers were:\n${right}`
  return `${formatDocument({ ...row, ...coins, policy })}${told}\nopen windows:\n${talk}`
}
