import { createReadStream, existsSync } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { examplePanel } from '@starling/cli/backtest/examplePanel'
import { readPanel } from '@starling/sdk/backtest/table/readPanel'

/** A panel of the list as the backtest takes it; undefined where its file is missing. */
export async function readListed(folder, { name, file, where = [], map }) {
  const path = `${folder}/${file}`
  if (!existsSync(path)) return undefined
  const panel = await readPanel(name, openTable(path), { where })
  if (map === undefined) return panel
  return {
    ...panel,
    values: panel.values.map((column) => column.map(map)),
    truth: panel.truth.map(map),
    scale: panel.scale.map(() => 1),
  }
}

/** A panel of probabilities, labels or quantiles; undefined where its file is missing. */
export async function readDiscrete(folder, { name, open }) {
  const table = open(folder)
  return table === undefined ? undefined : readPanel(name, table)
}

/** The panel that comes with the project. */
export function readExample() {
  return readPanel(
    'example',
    examplePanel(() => {}),
  )
}

async function* openTable(path) {
  const file = createReadStream(path)
  const text = path.endsWith('.gz') ? file.pipe(createGunzip()) : file
  text.setEncoding('utf8')
  yield* text
}
