import { readFileSync } from 'node:fs'

// checkReport REPORT [OTHER]: every coin is conserved and every topic settled what was asked for; with OTHER, both
// reports are equal but for the time they took.
const [file, other] = process.argv.slice(2)
const read = (path) => JSON.parse(readFileSync(path, 'utf8'))
const report = read(file)
const faults = []
if (report.supply.conserved !== true) faults.push(`the supply is not conserved: ${JSON.stringify(report.supply)}`)
if (BigInt(report.supply.total) <= 0n) faults.push(`the supply is ${report.supply.total}`)
if (report.topics.length !== 3) faults.push(`three topics were expected, got ${report.topics.length}`)
for (const { name, epochs, workers, loss } of report.topics) {
  if (epochs < 30) faults.push(`${name} has ${epochs} settled epochs, at least 30 were expected`)
  if (workers.length < 8) faults.push(`${name} has ${workers.length} workers, at least 8 were expected`)
  if (workers.some(({ present }) => present < 1)) faults.push(`a worker of ${name} missed an epoch`)
  if (!Object.values(loss).every(Number.isFinite))
    faults.push(`a loss of ${name} is no number: ${JSON.stringify(loss)}`)
}
if (other !== undefined) {
  const [a, b] = [report, read(other)].map(({ seconds: _seconds, ...rest }) => JSON.stringify(rest))
  if (a !== b) faults.push(`${file} and ${other} differ`)
}
for (const fault of faults) process.stderr.write(`${fault}\n`)
process.stdout.write(`${file}: ${faults.length === 0 ? 'as it should be' : `${faults.length} faults`}\n`)
process.exitCode = faults.length === 0 ? 0 : 1
