import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { createFeed } from '@starling/services/feed/createFeed'
import { readSp500 } from '@starling/services/feed/readSp500'
import { builtInModels } from '@starling/services/models/builtInModels'

/** Trading days of the packaged data: as many as in the table of the README. */
const DAYS = 1000
/** How many truths a model is shown, as on the chain. */
const SHOWN = 256
const ODDS = ['2000_2008', '2009_2012', '2013_2016', '2017_2021']
const RESULTS = ['H', 'D', 'A']

/** The panels of probabilities, labels and quantiles: `open` gives a table in long form, or undefined where a file is missing. */
export const discretePanels = [
  {
    name: 'risk',
    loss: 'log-loss',
    about: 'will the S&P 500 move by more than usual tomorrow; twelve built-in models on packaged data',
    open: () => ofModels('risk'),
  },
  {
    name: 'trend',
    loss: 'cross-entropy',
    about: 'will it be up, flat or down; twelve built-in models on packaged data',
    open: () => ofModels('trend'),
  },
  {
    name: 'football',
    loss: 'cross-entropy',
    about: 'home, draw or away in the four English leagues; eleven bookmakers, among whom there is little to choose',
    open: (folder) => {
      const files = ODDS.map((years) => `${folder}/football-odds-england/odds_${years}.csv.gz`)
      return files.every(existsSync) ? ofOdds(files) : undefined
    },
  },
  ...['2023-24', '2024-25'].map((season) => ({
    name: `flu-${season}, quantiles`,
    loss: 'pinball',
    about: `hospital admissions for influenza next week, season ${season}: quantiles, in units of each jurisdiction`,
    open: (folder) => {
      const file = `${folder}/flusight-${season}/quantiles_h1.csv.gz`
      return existsSync(file) ? withOutput(file) : undefined
    },
  })),
]

/** What the built-in models of a topic say of each day, the evening before. */
async function* ofModels(topic) {
  const feed = createFeed(readSp500())
  const template = feed.topics.find(({ name }) => name === topic)
  const models = builtInModels[topic]
  const truths = []
  const isEvent = template.labels.length === 0
  yield `${['epoch', ...(isEvent ? [] : ['output']), 'truth', ...models.map(({ name }) => name)].join(',')}\n`
  for (let epoch = 0; epoch < DAYS; epoch += 1) {
    const { value } = feed.truthFor(topic, epoch)
    const input = { topic: { id: 1, ...template }, nonce: epoch, deadlineHeight: 0, truths: truths.slice(-SHOWN) }
    const said = models.map(({ predict }) => predict({ ...input, data: feed.dataFor(topic, epoch) }))
    if (isEvent) yield `${[epoch, value, ...said.map((one) => one?.value ?? one ?? '')].join(',')}\n`
    for (const label of template.labels) {
      yield `${[epoch, label, value, ...said.map((one) => one?.values[label] ?? '')].join(',')}\n`
    }
    truths.push({ nonce: epoch, value: isEvent ? Number(value) : value })
  }
}

/** Odds of bookmakers, a match a line, as three lines; a bookmaker without odds of a match is absent. A key is a match's place in its day. */
async function* ofOdds(files) {
  const heads = await Promise.all(files.map(async (file) => (await linesOf(file).next()).value.split(',')))
  const booksOf = (head) => head.filter((name) => name.endsWith(':H')).map((name) => name.slice(0, -2))
  const books = [...new Set(heads.flatMap(booksOf))]
  yield `epoch,available,key,output,truth,${books.join(',')}\n`
  let day = { epoch: '', matches: 0 }
  for (const [i, file] of files.entries()) {
    const head = heads[i]
    const lines = linesOf(file)
    await lines.next()
    for await (const line of lines) {
      const cells = line.split(',')
      const cell = (name) => cells[head.indexOf(name)] ?? ''
      const epoch = cell('epoch')
      day = { epoch, matches: day.epoch === epoch ? day.matches + 1 : 0 }
      for (const result of RESULTS) {
        const odds = books.map((book) => cell(`${book}:${result}`))
        yield `${[epoch, cell('available'), day.matches, result, RESULTS[Number(cell('y'))], ...odds].join(',')}\n`
      }
    }
  }
}

/** A table whose levels stand in a column `quantile`. */
async function* withOutput(file) {
  const lines = linesOf(file)
  yield `${(await lines.next()).value.replace('quantile', 'output')}\n`
  for await (const line of lines) yield `${line}\n`
}

async function* linesOf(file) {
  yield* createInterface({ input: createReadStream(file).pipe(createGunzip()) })
}
