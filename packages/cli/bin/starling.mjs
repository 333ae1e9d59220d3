#!/usr/bin/env node

// Works after `npm ci --ignore-scripts` alone: what is not built, or older than its source, is built first.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Starling needs Node.js 20.19 or newer; this is ${process.versions.node}\n`)
  process.exitCode = 2
} else {
  const { ensureBuilt } = await import('./ensureBuilt.mjs')
  const fault = await ensureBuilt()
  if (fault === undefined) await import('../dist/main.js')
  else {
    process.stderr.write(`${fault}\n`)
    process.exitCode = 3
  }
}
