import { readAmount } from '../chain/readAmount.ts'
import { CliError } from '../cliError.ts'
import type { MaxAge } from './age.ts'

/** What an answer is paid, in uallo, and under which mark; the oldest that is paid for, in blocks, if the user said one. */
export type Order = { readonly pay: bigint; readonly reference: string; readonly maxAge: bigint | undefined }

const NOTHING = /^0+(\.0+)?\s?(u?allo)?$/i
const REFERENCE = /^[\x20-\x7e]{0,64}$/

/** Reads `--pay`, `--reference` and the `--max-age` of a payment; undefined where nothing is paid. */
export function readOrder(
  { pay, reference }: { readonly pay?: string | undefined; readonly reference?: string | undefined },
  maxAge: MaxAge | undefined,
): Order | undefined {
  if (pay === undefined) {
    if (reference === undefined) return undefined
    throw new CliError(
      2,
      '--reference stands in a receipt, which only a paid answer has: give --pay too, which may be 0.',
    )
  }
  if (maxAge?.unit === 'seconds' || maxAge?.most === 0) {
    throw new CliError(2, 'With --pay the chain itself checks --max-age, in blocks from 1 on: give it like 10.')
  }
  if (reference !== undefined && !REFERENCE.test(reference)) {
    throw new CliError(2, `--reference must be at most 64 printable ASCII characters, got "${reference.slice(0, 80)}".`)
  }
  const amount = NOTHING.test(pay.trim()) ? 0n : readAmount(pay)
  return { pay: amount, reference: reference ?? '', maxAge: maxAge === undefined ? undefined : BigInt(maxAge.most) }
}
