// npm run how-good [-- DIRECTORY | --check]: measures the network on the development panels and writes docs/how-good-is-it.md
// with its plots. Panels that are not there keep the figures of docs/how-good-is-it.json. With --check only the packaged
// example is measured, and nothing written: the page has to be what the figures say.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { prepare, root } from './install.mjs'

prepare()
const { measurePanel } = await import('./howGood/measurePanel.mjs')
const { panels } = await import('./howGood/panels.mjs')
const { discretePanels } = await import('./howGood/discretePanels.mjs')
const { readDiscrete, readExample, readListed } = await import('./howGood/readPanels.mjs')
const { writePage } = await import('./howGood/writePage.mjs')

const PAGE = `${root}docs/how-good-is-it.md`
const FIGURES = `${root}docs/how-good-is-it.json`
const DRAWN = 'opera-regional'
const [argument] = process.argv.slice(2)
const tell = (text) => process.stderr.write(`how-good: ${text}\n`)

const example = measurePanel('example', await readExample(), 'qlike').figures
const known = { panels: [], discrete: [], ...(existsSync(FIGURES) ? JSON.parse(readFileSync(FIGURES, 'utf8')) : {}) }
if (argument === '--check') check()
else await measure(argument ?? `${root}../shared/data`)

function check() {
  if (readFileSync(PAGE, 'utf8') === writePage({ ...known, example })) {
    tell('the page says what the figures say')
    return
  }
  tell(
    `${PAGE} differs from its figures or from the example measured now; run npm run how-good and look at the difference`,
  )
  process.exitCode = 1
}

async function measure(folder) {
  const numbers = await measureAll(panels, known.panels, (panel) => readListed(folder, panel))
  await draw(numbers)
  const discrete = await measureAll(discretePanels, known.discrete, (panel) => readDiscrete(folder, panel))
  const figures = { example, panels: numbers, discrete }
  writeFileSync(FIGURES, `${JSON.stringify(figures, null, 1)}\n`)
  writeFileSync(PAGE, writePage(figures))
  tell('wrote docs/how-good-is-it.md')
}

async function measureAll(list, before, read) {
  const measured = []
  for (const panel of list) {
    const table = await read(panel)
    const known = before.find(({ name }) => name === panel.name)
    if (table === undefined) {
      tell(`no ${panel.name} in the directory of panels: ${known ? 'its figures stay as they were' : 'left out'}`)
      if (known !== undefined) measured.push(known)
      continue
    }
    const found = measurePanel(panel.name, table, panel.loss)
    measured.push(found.figures)
    tell(`${panel.name}: ${found.figures.toBest[0]} of the best single model's error`)
    if (panel.name === DRAWN) await drawRunning(found)
  }
  return measured
}

async function draw(measured) {
  if (measured.length === 0) return
  const { plotCoverage, plotRatios } = await import('./howGood/plots.mjs')
  writeFileSync(`${root}docs/images/how-good-ratios.svg`, plotRatios(measured))
  writeFileSync(`${root}docs/images/how-good-coverage.svg`, plotCoverage(measured))
}

async function drawRunning({ report, running }) {
  const { plotSvg } = await import('@starling/cli/backtest/plotSvg')
  writeFileSync(`${root}docs/images/how-good-running.svg`, await plotSvg(report, running))
}
