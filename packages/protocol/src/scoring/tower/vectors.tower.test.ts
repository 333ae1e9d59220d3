import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { LossMethod } from '../types.ts'
import { type PlayedRow, playTower } from './testing/playTower.ts'
import { TOWER_RULES } from './towerTypes.ts'

const folder = new URL('../../../../../vectors/tower/', import.meta.url)

type Said = number | readonly number[] | null
type Row = readonly [
  number,
  number,
  number,
  number,
  string,
  readonly Said[],
  ...(readonly (number | readonly number[])[]),
]
type Panel = {
  readonly loss: LossMethod
  readonly levels: readonly number[]
  readonly labels: number
  readonly head: readonly string[]
  readonly rows: readonly Row[]
}

const listOf = (said: number | readonly number[]): readonly number[] => (typeof said === 'number' ? [said] : said)
const nameOf = (i: number): string => `m${String(i).padStart(3, '0')}`

function rowOf([epoch, available, scale, truth, key, said]: Row): PlayedRow {
  const inferences = said.flatMap((one, i) => (one === null ? [] : [{ worker: nameOf(i), values: listOf(one) }]))
  return { epoch, available, scale, truth, key, inferences }
}

/** SPEC VT-10: with at most 16 members the layers are those of the reference programs; beyond, only the ridge is bounded (files -large). */
describe('VT-10 the tower equals its reference on', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const panel: Panel = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
    for (const [column, rule] of panel.head.slice(6).entries()) {
      it(`${file.replace('.json', '')}, ${rule}`, () => {
        const config = {
          loss: panel.loss,
          domain: [-1e9, 1e9] as const,
          labels: Array.from({ length: panel.labels }, (_, i) => `l${i}`),
          levels: panel.levels,
          rule: TOWER_RULES.find((one) => one === rule) ?? 'bare',
          retention: 1e9,
        }
        const members = (panel.rows[0]?.[5] ?? []).map((_, i) => nameOf(i))
        const { answers } = playTower(config, panel.rows.map(rowOf), members)
        let worst = 0
        for (const [i, row] of panel.rows.entries()) {
          for (const [k, expected] of listOf(row[6 + column] as number | readonly number[]).entries()) {
            const got = answers[i]?.values[k] ?? Number.NaN
            const off = Math.abs(got - expected) / Math.max(1, Math.abs(expected))
            worst = Math.max(worst, off)
          }
        }
        expect(worst).toBeLessThan(1e-9)
      })
    }
  }
})
