import { once } from 'node:events'
import { startReputer } from '@starling/services/reputer/startReputer'
import { closedEpochs } from '@starling/services/shared/chainEvents'
import { sentenceOf } from '@starling/services/shared/failure'
import { readAmount } from '../chain/readAmount.ts'
import { type Daemon, type DaemonGiven, openDaemon } from '../daemon/openDaemon.ts'
import { watchChain } from '../daemon/watchChain.ts'
import { formatAllo } from '../output/formatAllo.ts'
import { printable } from '../output/printable.ts'
import { printJson } from '../output/printJson.ts'
import { nameOfModel } from '../worker/openModel.ts'
import { type OpenedTruth, openTruth } from './openTruth.ts'

type Options = DaemonGiven & {
  readonly truth: string
  /** Stake to keep in the topic, as the user typed it. */
  readonly stake: string | undefined
  /** Wall-clock limit of one observation in milliseconds. */
  readonly timeoutMs: number
}

/** One closed epoch as `reputer --json` prints it; the reward in uallo. */
type ReputerRow = {
  readonly topic: number
  readonly nonce: number
  readonly status: string
  readonly reason: string
  /** What was agreed upon: a number, a label, or null where nothing was. */
  readonly truth: number | string | null
  readonly reported: number | string | null
  readonly score: number | null
  readonly reward: string
}

/**
 * Reports the truth of each epoch until `stop`: registers, sees to its stake, and prints a line for each closed epoch.
 * Throws a `CliError` for what is wrong at the start; later troubles are said and lived through.
 */
export async function runReputer(options: Options): Promise<void> {
  const { io } = options
  const stake = options.stake === undefined ? 0n : readAmount(options.stake)
  const onLine = (line: string): void => void io.stderr.write(`truth: ${printable(line)}\n`)
  const truth = await openTruth(options.truth, { timeoutMs: options.timeoutMs, onLine })
  try {
    const daemon = await openDaemon(options, { name: nameOfModel({ model: options.truth }), stake })
    try {
      await report(options, truth, daemon, stake)
    } finally {
      await daemon.close()
    }
  } finally {
    await truth.close()
  }
}

async function report(options: Options, truth: OpenedTruth, daemon: Daemon, stake: bigint): Promise<void> {
  const { client, sender, facts, journal, log } = daemon
  if (stake === 0n && (await stakeOf(daemon)) === 0n) {
    log.warn(`It has no stake in topic ${facts.id}, so its reports do not count. Give --stake ALLO.`)
  }
  const reputer = startReputer({ client, sender, topicId: facts.id, log, journal, truth: truth.observe, stake })
  const enough = new AbortController()
  const tell = createTeller(options, daemon, enough)
  const watch = watchChain(client, ({ events }) => tell(closedEpochs(events, facts.id)))
  const end = AbortSignal.any([options.stop, enough.signal, watch.lost])
  if (!end.aborted) await once(end, 'abort')
  await reputer.stop()
  watch.check()
}

async function stakeOf({ client, sender, facts }: Daemon): Promise<bigint> {
  return BigInt((await client.actorUnverified(facts.id, sender.address)).stake || '0')
}

/** Prints a line for each epoch that closes; `enough` is aborted after as many as were asked for. */
function createTeller(
  { io, json, epochs }: Options,
  { client, sender, facts, log, support }: Daemon,
  enough: AbortController,
): (closed: readonly bigint[]) => Promise<void> {
  let settled = 0
  const tell = async (nonce: bigint): Promise<void> => {
    const row = rowOf(await client.epochUnverified(facts.id, nonce), sender.address)
    if (json) printJson(io, row)
    else io.stdout.write(`${printable(formatRow(row))}\n`)
    if (row.status === 'settled' && row.reported !== null) settled += 1
    if (settled === epochs) enough.abort()
  }
  return async (closed) => {
    for (const nonce of closed) {
      if (enough.signal.aborted) return
      try {
        await tell(nonce)
      } catch (error) {
        log.warn(`epoch ${nonce}: its result cannot be shown. ${sentenceOf(error)}`)
      }
      void support()
    }
  }
}

type Epoch = Awaited<ReturnType<Daemon['client']['epochUnverified']>>

function rowOf(epoch: Epoch, address: string): ReputerRow {
  const { topicId, nonce, status, reason, truth, truthLabel, reports, scores, payouts } = epoch
  const own = reports.find(({ reputer }) => reputer === address)
  const reported = own === undefined ? null : own.label === '' ? own.value : own.label
  const paid = payouts.filter((one) => one.role === 'reputer' && one.address === address)
  return {
    topic: Number(topicId),
    nonce: Number(nonce),
    status,
    reason,
    truth: truthLabel === '' ? (truth ?? null) : truthLabel,
    reported,
    score: scores?.reputers.find((one) => one.address === address)?.value ?? null,
    reward: paid.reduce((sum, { amount }) => sum + BigInt(amount), 0n).toString(),
  }
}

function formatRow({ nonce, status, reason, truth, reported, score, reward }: ReputerRow): string {
  if (status !== 'settled') return `epoch ${nonce}: ${status}${reason === '' ? '' : ` (${reason})`}`
  const said = reported === null ? 'no report of yours counted' : `you reported ${reported}`
  return `epoch ${nonce}: truth ${truth}, ${said}; score ${score ?? '-'}, reward ${formatAllo(BigInt(reward))}`
}
