import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

// The real program in a process of its own, through its launcher.
const PROGRAM = fileURLToPath(new URL('../bin/starling.mjs', import.meta.url))
const EXAMPLE = fileURLToPath(new URL('../../../docs/examples/settle.json', import.meta.url))

it('settles the example of the docs, and says by its exit code what went wrong', () => {
  const starling = (...argv: readonly string[]) => spawnSync(process.execPath, [PROGRAM, ...argv], { encoding: 'utf8' })
  const settled = starling('settle', '--input', EXAMPLE, '--json')
  expect([settled.status, JSON.parse(settled.stdout).status]).toEqual([0, 'settled'])
  expect(starling('settle', '--input', '/nowhere.json')).toMatchObject({ status: 3, stdout: '' })
  expect(starling('setle')).toMatchObject({ status: 2, stdout: '' })
})

it('ends quietly when nobody reads on, as before | head', async () => {
  spawnSync(process.execPath, [PROGRAM, '--version'])
  const child = spawn(process.execPath, [PROGRAM, 'settle', '--input', EXAMPLE], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  const talk = text(child.stderr)
  const [code] = await once(child, 'close')
  expect([code, await talk]).toEqual([0, ''])
})
