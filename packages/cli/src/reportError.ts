import { inspect } from 'node:util'
import { StoreError } from '@starling/node/store/storeError'
import { ProtocolError } from '@starling/protocol/errors'
import { StarlingError, type StarlingErrorKind } from '@starling/sdk/starlingError'
import { CommanderError } from 'commander'
import { CliError, type ExitCode } from './cliError.ts'
import type { Io } from './io.ts'

/** Outside the table of exit codes: a fault of the program itself. */
const BUG = 70
/** Exit codes of what the SDK throws. */
const exitCodes: Readonly<Record<StarlingErrorKind, ExitCode>> = {
  unreachable: 3,
  timeout: 3,
  unavailable: 3,
  'not-found': 4,
  'bad-input': 2,
  refused: 5,
  refuted: 1,
  stale: 4,
}
/** Failures of files and sockets carry a code of this form. */
const SYSTEM_CODE = /^E[A-Z0-9]+$/

/** Says on stderr what went wrong, with the stack only where it is asked for, and returns the exit code. */
export function reportError(error: unknown, { stderr }: Io, debug: boolean): number {
  // The parser has said its sentence, or printed the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const { code, sentence } = judge(error)
  stderr.write(`${sentence}\n`)
  if (debug) stderr.write(`${inspect(error)}\n`)
  return code
}

function judge(error: unknown): { readonly code: number; readonly sentence: string } {
  if (error instanceof CliError) return { code: error.exitCode, sentence: error.message }
  if (error instanceof StarlingError) return { code: exitCodes[error.kind], sentence: error.message }
  if (error instanceof StoreError) return { code: 3, sentence: asSentence(error.message) }
  if (error instanceof ProtocolError) return { code: 2, sentence: `${error.message}.` }
  const message = error instanceof Error ? error.message : String(error)
  if (isSystemError(error)) return { code: 3, sentence: `The system refused: ${message}.` }
  // Somebody has put the system's refusal into words.
  if (error instanceof Error && isSystemError(error.cause)) return { code: 3, sentence: asSentence(message) }
  return {
    code: BUG,
    sentence: `This is a fault of starling, not yours: ${message}\nRun it again with --debug and report it.`,
  }
}

function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && SYSTEM_CODE.test(error.code)
}
