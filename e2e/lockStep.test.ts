import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { describe, it } from 'vitest'
import { launch, run, STARLING } from './harness/launch.ts'
import { scoped } from './harness/scope.ts'

const PORTS = ['--rest-port', '0', '--rpc-port', '0', '--metrics-port', '0']

const UP = ['up', '--exit', '--json', ...PORTS]

/** The most memory that a process has had resident, in bytes; undefined where the system does not tell. */
function residentOf(pid: number): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+([0-9]+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kilobytes === undefined ? undefined : 1024 * Number(kilobytes)
  } catch {
    return undefined
  }
}

describe('starling up --exit, as fast as it goes', () => {
  it('gives the same report for the same seed, conserves every coin, and pays attackers nothing', ({ expect }) =>
    scoped(async (scope) => {
      const runs = [scope.folder(), scope.folder()].map((home) =>
        run(scope, [...UP, '--epochs', '30', '--seed', 'twice', '--home', home, '--attack', 'junk,bad-half']),
      )
      const ends = await Promise.all(runs)
      expect(ends.map(({ code }) => code)).toEqual([0, 0])
      const [one, two] = ends.map(({ stdout }) => JSON.parse(stdout))
      expect(one).toMatchObject({ seed: 'twice', supply: { conserved: true } })
      expect(one.topics.map(({ epochs }: { epochs: number }) => epochs >= 30)).toEqual([true, true, true])
      expect({ ...two, seconds: 0 }).toEqual({ ...one, seconds: 0 })
      const [{ attack, loss, honest }] = one.topics
      expect(attack.map(({ kind }: { kind: string }) => kind)).toEqual(['junk', 'bad-half'])
      // Bad predictions add nothing to what model-free guesses know: their skill is none, and so is their pay.
      for (const { share } of attack) expect(share).toBeLessThan(0.01)
      // The plain mean is ruined, the network is not.
      expect(loss.mean).toBeGreaterThan(3 * honest.mean)
      expect(loss.network).toBeLessThan(1.5 * honest.mean)
    })())

  it('prints plain lines where there is no terminal, then the report; its memory is shown here', ({ expect }) =>
    scoped(async (scope) => {
      const up = launch(scope, ['up', '--epochs', '25', '--exit', '--home', scope.folder(), ...PORTS])
      let resident = 0
      const look = setInterval(() => {
        resident = residentOf(up.child.pid ?? 0) ?? resident
      }, 100)
      scope.defer(() => clearInterval(look))
      const { code, stdout, stderr } = await up.ended
      expect(code).toBe(0)
      console.log(`up has ${Math.round(resident / 2 ** 20)} MiB resident at most in 25 epochs`)
      for (const topic of ['volatility', 'risk', 'trend']) {
        expect(stderr).toMatch(
          new RegExp(
            `^${topic} epoch 25 20[0-9-]+: network .*, truth .*; mean loss network [0-9.]+, mean [0-9.]+, median [0-9.]+$`,
            'm',
          ),
        )
      }
      // No cursor movement, no colour.
      expect(`${stdout}${stderr}`).not.toContain('\u001b')
      expect(stdout).toMatch(/^supply [0-9]+ uallo conserved$/m)
      expect(stdout.split('\n').filter(({ length }) => length > 80)).toEqual([])
    })())

  it('ends in silence when nobody reads its report any more, as behind "| head -1"', ({ expect }) =>
    scoped(async (scope) => {
      const args = ['up', '--epochs', '1', '--exit', '--home', scope.folder(), ...PORTS]
      const child = spawn(process.execPath, [STARLING, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
      scope.defer(() => child.kill('SIGKILL'))
      child.stdout.destroy()
      let said = ''
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text
      })
      const [code, signal] = await once(child, 'close')
      expect([code, signal]).toEqual([0, null])
      expect(said).not.toMatch(/EPIPE|fault|\n\s+at /)
    })())

  it('ends in silence when nobody reads its progress any more, and the next start goes on', ({ expect }) =>
    scoped(async (scope) => {
      const home = scope.folder()
      const args = ['up', '--pace', '1', '--home', home, ...PORTS]
      const child = spawn(process.execPath, [STARLING, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
      scope.defer(() => child.kill('SIGKILL'))
      const ended = once(child, 'close')
      await once(child.stderr, 'data')
      child.stderr.destroy()
      const [code, signal] = await ended
      expect([code, signal]).toEqual([0, null])
      expect((await run(scope, ['up', '--epochs', '1', '--exit', '--home', home, ...PORTS])).code).toBe(0)
    })())
})
