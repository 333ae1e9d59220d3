import type { Layout } from './readHeader.ts'

/** Watches for rows that have both epoch and key of a row before: most likely a table that was put together twice. */
export type TwinCheck = {
  readonly check: (epoch: number, key: number, line: number) => void
  readonly notes: () => readonly string[]
}

/** A check of tables that have both columns; without a key several rows of an epoch are nothing odd. */
export function createTwinCheck({ reserved }: Layout): TwinCheck {
  const isOn = reserved.epoch !== undefined && reserved.key !== undefined
  const seen = new Map<number, Set<number>>()
  let twins = 0
  let firstLine = 0
  return {
    check: (epoch, key, line) => {
      if (!isOn) return
      const keys = seen.get(epoch)
      if (keys === undefined) seen.set(epoch, new Set([key]))
      else if (!keys.has(key)) keys.add(key)
      else {
        if (twins === 0) firstLine = line
        twins += 1
      }
    },
    notes: () =>
      twins === 0
        ? []
        : [`${twins} rows have the epoch and key of a row before, first on line ${firstLine}: all of them count`],
  }
}
