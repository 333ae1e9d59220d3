import { type FileHandle, open } from 'node:fs/promises'
import { createJournalIndex, type Journal, type JournalEntry, type JournalRole } from './journal.ts'

const STATES: readonly JournalEntry['state'][] = ['sending', 'sent', 'landed', 'refused', 'lost']

const ROLES: readonly JournalRole[] = ['worker', 'reputer', 'worker-reveal', 'reputer-reveal']

/**
 * Opens a journal of JSON lines, which is made where it is missing. Each entry is on the disk before `write` resolves.
 *
 * A last line that a crash cut off is dropped. Any other line that is no entry is an error, and the file stays as it is.
 */
export async function openJournal(file: string): Promise<Journal> {
  const handle = await open(file, 'a+', 0o600)
  const { find, add } = createJournalIndex()
  try {
    const text = await handle.readFile('utf8')
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    for (const [i, line] of whole.split('\n').entries()) {
      if (line !== '') add(readEntry(line, `${file}, line ${i + 1},`))
    }
    if (whole.length < text.length) await handle.truncate(Buffer.byteLength(whole))
  } catch (error) {
    await handle.close()
    throw error
  }
  let last: Promise<void> = Promise.resolve()
  return {
    find,
    write(entry) {
      const written = last.then(() => append(handle, entry)).then(() => add(entry))
      last = written.catch(() => {})
      return written
    },
    async close() {
      await last
      await handle.close()
    },
  }
}

async function append(handle: FileHandle, { topic, nonce, ...more }: JournalEntry): Promise<void> {
  await handle.appendFile(`${JSON.stringify({ topic: Number(topic), nonce: Number(nonce), ...more })}\n`)
  await handle.datasync()
}

function readEntry(line: string, at: string): JournalEntry {
  const { topic, nonce, role, hash, state, reveal } = parseFields(line, at)
  const known = STATES.find((name) => name === state)
  const as = ROLES.find((name) => name === role)
  if (
    !Number.isSafeInteger(topic) ||
    !Number.isSafeInteger(nonce) ||
    as === undefined ||
    typeof hash !== 'string' ||
    known === undefined ||
    (reveal !== undefined && typeof reveal !== 'string')
  ) {
    throw damaged(at)
  }
  const entry = { topic: BigInt(Number(topic)), nonce: BigInt(Number(nonce)), role: as, hash, state: known }
  return reveal === undefined ? entry : { ...entry, reveal }
}

function parseFields(line: string, at: string): { readonly [field: string]: unknown } {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw damaged(at)
  }
  if (typeof value !== 'object' || value === null) throw damaged(at)
  return { ...value }
}

function damaged(at: string): Error {
  return new Error(`${at} is no journal entry. Repair the line or move the file away; a new one is then begun.`)
}
