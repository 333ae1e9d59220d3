import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { closeServer, listen } from '@starling/sdk/testing/loopback'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { launch } from './harness/launch.ts'
import { openScope, type Scope, scoped } from './harness/scope.ts'
import { type Network, startNetwork, untilAnswer } from './harness/startNetwork.ts'

const shared = openScope()
let network: Network
beforeAll(async () => {
  network = await startNetwork(shared, { pace: 2 })
  await untilAnswer(network)
})
afterAll(() => shared.close())

/** Starts a command of the user's in a folder. */
const begin = (scope: Scope, cwd: string, ...args: readonly string[]) => launch(scope, args, { cwd, env: network.env })

describe.concurrent('a model of one’s own in three commands', () => {
  it.for([
    ['JavaScript', [], 'volatility', ['--model', './my-model.mjs']],
    ['Python', ['--python'], 'trend', ['--command', 'python3 my-model.py']],
  ] as const)('in %s predicts, and each settled epoch shows what it brought', (given, { expect }) =>
    scoped(async (scope) => {
      const [, flags, topic, model] = given
      const folder = scope.folder()
      const written = await begin(scope, folder, 'worker', 'new', 'my-model', ...flags).ended
      expect(written).toMatchObject({ code: 0, stderr: '' })
      expect(written.stdout).toContain(`npx --no-install starling worker --topic 1 ${model[0]}`)
      const { code, stdout, stderr } = await begin(scope, folder, 'worker', '--topic', topic, ...model, '--epochs', '2')
        .ended
      expect([code, stderr]).toEqual([
        0,
        expect.stringMatching(/^2 settled epochs: mean loss \S+, the network's \S+; earned \S+ ALLO\.$/m),
      ])
      expect(stderr).toMatch(/The local network's dev account gave it 10\.000000 ALLO\./)
      const lines = stdout.split('\n').filter((line) => line.includes('loss ') && line.includes('reward'))
      expect(lines).toHaveLength(2)
      for (const line of lines) {
        expect(line).toMatch(
          /^epoch \d+: loss [\d.]+, the network's [\d.]+; score \S+, weight \S+, reward [\d.]+ (ALLO|uallo); skill \S+, share \S+ of the pot; nothing is earned before 20 settled epochs with a prediction, it has \d+$/,
        )
      }
    })(),
  )
})

/** A model that does what the file `mode` beside it says. */
const moduleText = `
import { readFileSync } from 'node:fs'
export function predict() {
  const mode = readFileSync(new URL('./mode', import.meta.url), 'utf8')
  if (mode === 'throw') throw new Error('no luck')
  if (mode === 'garbage') return { hello: 1 }
  while (mode === 'hang');
  return 1
}
`
const scriptText = `
import sys, time
for line in sys.stdin:
    mode = open("mode").read()
    if mode == "throw":
        raise RuntimeError("no luck")
    if mode == "hang":
        time.sleep(3600)
    print("hello" if mode == "garbage" else 1, flush=True)
`

type Misbehaving = {
  readonly source: (scope: Scope, folder: string, mode: () => string) => Promise<readonly string[]>
  readonly says: Readonly<Record<'throw' | 'hang' | 'garbage', RegExp>>
}

const kinds: Readonly<Record<string, Misbehaving>> = {
  'a JavaScript module': {
    async source(_, folder) {
      writeFileSync(join(folder, 'own-js.mjs'), moduleText)
      return ['--model', './own-js.mjs']
    },
    says: {
      throw: /no prediction from the model: it failed: no luck/,
      hang: /no prediction from the model: it was still at work when the window closed/,
      garbage: /no prediction from the model: .*was expected, got \{"hello":1\}/,
    },
  },
  'a Python program': {
    async source(_, folder) {
      writeFileSync(join(folder, 'own-py.py'), scriptText)
      return ['--command', 'python3 own-py.py']
    },
    says: {
      throw: /model: RuntimeError: no luck[\s\S]*no prediction from the model: it failed: python3 ended with status 1/,
      hang: /no prediction from the model: it was still at work when the window closed/,
      garbage: /no prediction from the model: it failed: it printed something else than one line of JSON/,
    },
  },
  'a server': {
    async source(scope, _, mode) {
      const server = createServer((_, response) => {
        const now = mode()
        if (now === 'throw') response.writeHead(500).end('no luck')
        else if (now === 'garbage') response.end('hello')
        else if (now !== 'hang') response.end('1')
      })
      const url = await listen(server)
      scope.defer(() => closeServer(server))
      return ['--url', url]
    },
    says: {
      throw: /no prediction from the model: it failed: http:\S+ answers with status 500: no luck/,
      hang: /no prediction from the model: it was still at work when the window closed/,
      garbage: /no prediction from the model: it failed: http:\S+ answers with "hello", which is no JSON/,
    },
  },
}

describe.concurrent('a model that misbehaves misses its window with a reason, and submits when it behaves again', () => {
  it.for(Object.entries(kinds))('%s that throws, hangs and prints garbage', ([, { source, says }], { expect }) =>
    scoped(async (scope) => {
      const folder = scope.folder()
      let mode = ''
      const turn = (to: string): void => {
        mode = to
        writeFileSync(join(folder, 'mode'), to)
      }
      turn('throw')
      const worker = begin(scope, folder, 'worker', '--topic', '1', ...(await source(scope, folder, () => mode)))
      for (const kind of ['throw', 'hang', 'garbage'] as const) {
        turn(kind)
        await worker.says(says[kind])
      }
      expect(worker.stderr()).not.toMatch(/: sent /)
      turn('behave')
      await worker.says(/epoch \d+: sent a commitment to 1\.000 percent, transaction [0-9A-F]{64}\./)
      const { code, stderr } = await worker.stop()
      expect(code).toBe(0)
      expect(stderr).not.toMatch(/\n\s+at /)
    })(),
  )
})
