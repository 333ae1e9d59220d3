import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const folder = new URL('.', import.meta.url)

/** Every row of every table of errors: codespace, key and number, read from the sources. */
function rows(): readonly { readonly codespace: string; readonly key: string; readonly number: number }[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.test)\.ts$/.test(file),
  )
  return files.flatMap((file) => {
    const text = readFileSync(new URL(file, folder), 'utf8')
    const codespace = /= defineErrors<\w+>\('(\w+)'/.exec(text)?.[1]
    if (codespace === undefined) return []
    const found = text.slice(text.indexOf('= defineErrors<')).matchAll(/^ {2}(\w+): \{\s*number: (\d+),/gm)
    return [...found].map(([, key = '', number]) => ({ codespace, key, number: Number(number) }))
  })
}

describe('AUD-M16 the numbers of errors', () => {
  const all = rows()
  // The codec and some refusals of the ante are "tx parse error", number 2, as in the Cosmos SDK.
  const shared = ['sdk/2']

  it('are none of the reserved ones, 0 and 1', () => {
    expect(all.length).toBeGreaterThan(50)
    expect(all.filter(({ number }) => number < 2)).toEqual([])
  })

  it('stand for one error each within a codespace', () => {
    const counts = new Map<string, string[]>()
    for (const { codespace, key, number } of all) {
      const place = `${codespace}/${number}`
      counts.set(place, [...(counts.get(place) ?? []), key])
    }
    const doubled = [...counts].filter(([place, keys]) => keys.length > 1 && !shared.includes(place))
    expect(doubled).toEqual([])
  })
})
