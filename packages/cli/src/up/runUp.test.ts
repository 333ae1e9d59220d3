import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Ran, runWith } from '../testing/testIo.ts'
import type { Report } from './report.ts'

const home = mkdtempSync(join(tmpdir(), 'starling-up-'))
afterAll(() => rmSync(home, { recursive: true }))

/** `starling up --exit` on free ports. */
function up(...more: readonly string[]): Promise<Ran> {
  const ports = ['--rest-port', '0', '--rpc-port', '0', '--metrics-port', '0']
  return runWith(['up', '--home', home, '--json', '--exit', ...ports, ...more])
}

/** The report without what differs between two runs. */
function reportOf({ stdout }: Ran): Omit<Report, 'seconds'> {
  const { seconds: _seconds, ...report } = JSON.parse(stdout) as Report
  return report
}

describe('starling up', () => {
  it('settles the epochs of three topics, conserves every coin, and goes on from where it was', async () => {
    const first = await up('--epochs', '3', '--seed', 'test')
    expect(first).toMatchObject({ code: 0, stderr: expect.stringContaining('seed test') })
    expect(first.stderr).toContain('Stopped: all epochs that --epochs asked for are settled.\nThe network is kept in')
    const begun = reportOf(first)
    expect(begun.supply.conserved).toBe(true)
    expect(begun.topics.map(({ name, epochs }) => [name, epochs])).toEqual([
      ['volatility', 3],
      ['risk', 3],
      ['trend', 3],
    ])
    expect(begun.topics.map(({ intervals, edge }) => [intervals.map(({ level }) => level), edge?.shown])).toEqual([
      [[0.5, 0.8, 0.95], false],
      [[], false],
      [[0.5, 0.8, 0.95], false],
    ])
    for (const topic of begun.topics) {
      expect(topic).toMatchObject({
        truth: 'attested',
        submissions: 'sealed',
        pay: 'contribution',
        synthesis: 'tower',
        attack: [],
        honest: null,
      })
      const { workers, forecasters, reputers } = topic
      expect(workers.length).toBeGreaterThanOrEqual(8)
      expect(workers.every(({ present }) => present === 1)).toBe(true)
      expect(reputers.every(({ present }) => present === 1)).toBe(true)
      expect(forecasters).toHaveLength(2)
    }
    const second = reportOf(await up('--epochs', '1'))
    expect(second.topics.map(({ epochs }) => epochs)).toEqual([4, 4, 4])
    expect(second.blocks).toBeGreaterThan(begun.blocks)
    expect(second.seed).toBe('test')
  })

  it('is the same again from the same seed, also where somebody attacks, who earns nothing', async () => {
    const attacked = ['--attack', 'junk,copy', '--attack-topic', 'risk', '--seed', 'again', '--reset']
    const [first, second] = [
      reportOf(await up('--epochs', '3', ...attacked)),
      reportOf(await up('--epochs', '3', ...attacked)),
    ]
    expect(second).toEqual(first)
    expect(first.topics.map(({ attack, honest }) => [attack.length, honest?.workers])).toEqual([
      [0, undefined],
      [2, 12],
      [0, undefined],
    ])
    const risk = first.topics[1]
    expect(risk?.workers.filter(({ attack }) => attack !== null)).toHaveLength(6)
    expect(risk?.attack.map(({ kind, identities, reward }) => [kind, identities, reward])).toEqual([
      ['junk', 3, '0'],
      ['copy', 3, '0'],
    ])
  })
})

it.each([
  [['--epochs', '0'], '--epochs must be a whole number from 1'],
  [['--epochs', '1.5'], '--epochs must be'],
  [[], '--exit needs --epochs N'],
  [['--epochs', '1', '--pace', '0'], '--pace must be seconds'],
  [['--epochs', '1', '--rest-port', '99999'], '--rest-port must be'],
  [['--epochs', '1', '--seed', 'a b'], '--seed must be'],
  [['--epochs', '1', '--attack', 'ddos'], '--attack takes junk, copy, sybil, bad-half'],
])('refuses %j', async (args, sentence) => {
  expect(await up(...args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(sentence) })
})
