// A model for Starling: one function that predicts. Change it, save it, and start it again:
//
//   npx --no-install starling worker --topic 1 --model ./my-model.mjs
//
// `input` is {
//   topic: { id, name, unit, loss, labels, domain },   what is asked, and how it is scored
//   nonce, deadlineHeight,                             this epoch, and the last block that takes the prediction
//   truths: [{ nonce, value }],                        what really happened in the newest 256 settled epochs, oldest first
//   data,                                              what the topic's feed offers now, and nothing later
// }
// On the local network `data` holds the trading days up to today as columns: { dates, open, high, low, close, volume }.
//
// Give back a number, or { values: { label: probability } } for a topic with labels, or null to skip the epoch.
// A model that throws, hangs or gives NaN misses its epoch and lives on; what it prints is shown.

// How much of yesterday's average is kept each day; near 1 is slow and calm, near 0 quick and nervous.
const MEMORY = 0.94

export function predict({ topic, data }) {
  if (topic.name === 'volatility') return volatility(data)
  if (topic.name === 'risk') return probabilityOf(data, (change) => change < -1)
  if (topic.name === 'trend') {
    const down = probabilityOf(data, (change) => change < -0.3)
    const up = probabilityOf(data, (change) => change > 0.3)
    return { values: { down, flat: 1 - down - up, up } }
  }
  return null
}

// Tomorrow's volatility in percent: the moving average of each day's own, from its range (Parkinson).
function volatility({ high, low }) {
  const variances = high.map((top, day) => (100 * Math.log(top / low[day])) ** 2 / (4 * Math.log(2)))
  return Math.sqrt(movingAverage(variances))
}

// How often it happened of late, the newest days counting most; never quite 0 or 1.
function probabilityOf({ close }, happened) {
  const changes = close.slice(1).map((price, day) => 100 * (price / close[day] - 1))
  return 0.01 + 0.97 * movingAverage(changes.map((change) => Number(happened(change))))
}

function movingAverage([first, ...others]) {
  return others.reduce((average, value) => MEMORY * average + (1 - MEMORY) * value, first)
}

// Optional: predict how well each worker will do, as log10 of its loss, and earn as a forecaster too.
// `input.workers` is [{ address, losses }], losses oldest first, null where a worker was absent.
//
// export function forecast({ workers }) {
//   return Object.fromEntries(
//     workers.map(({ address, losses }) => {
//       const recent = losses.filter((loss) => loss !== null && loss > 0).slice(-20)
//       return [address, recent.reduce((sum, loss) => sum + Math.log10(loss), 0) / Math.max(1, recent.length)]
//     }),
//   )
// }
