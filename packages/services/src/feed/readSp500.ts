import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Day } from './Day.ts'
import { parseDays } from './parseDays.ts'

/** Where the days of `readSp500` come from. */
export const SP500_SOURCE = 'vega-datasets data/sp500-2000.csv'

/** Daily S&P 500 prices from January 2000 to April 2020, read from the installed vega-datasets package. */
export function readSp500(): Day[] {
  const entry = createRequire(import.meta.url).resolve('vega-datasets')
  return parseDays(readFileSync(join(dirname(entry), '..', 'data', 'sp500-2000.csv'), 'utf8'))
}
