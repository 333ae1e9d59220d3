import type { BacktestRequest } from '@starling/sdk/backtest/parseRequest'
import { syntheses } from '@starling/sdk/backtest/synthesis/collective'

/** What the fields of the form ask for, in the words of the command line's options; an empty field asks for nothing. */
export function requestOf(fields: FormData): BacktestRequest {
  const text = (name: string): string => String(fields.get(name) ?? '').trim()
  const [loss, warmup, ignore, decimal] = [text('loss'), text('warmup'), text('ignore'), text('decimal')]
  const synthesis = syntheses.find((one) => one === text('synthesis'))
  const where = text('where')
    .split('\n')
    .filter((line) => line.trim() !== '')
  return {
    ...(loss === '' ? {} : { loss }),
    ...(synthesis === undefined ? {} : { synthesis }),
    ...(fields.has('all') ? { all: true } : {}),
    ...(warmup === '' ? {} : { warmup }),
    ...(ignore === '' ? {} : { ignore }),
    ...(where.length === 0 ? {} : { where }),
    ...(decimal === 'comma' || decimal === 'dot' ? { decimal } : {}),
  }
}
