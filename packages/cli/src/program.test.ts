import { describe, expect, it } from 'vitest'
import { runWith } from './testing/testIo.ts'

describe('the command line', () => {
  it('shows its help on stdout, with every command and how to go on', async () => {
    const { code, stdout, stderr } = await runWith(['--help'])
    expect([code, stderr]).toEqual([0, ''])
    for (const word of [
      'worker',
      'reputer',
      'ask',
      'topic',
      'stake',
      'query',
      'tx',
      'doctor',
      'settle',
      'keys',
      '--json',
      'STARLING_NODE',
      'STARLING_RPC',
      'STARLING_HOME',
    ])
      expect(stdout).toContain(word)
    expect(await runWith(['help'])).toEqual({ code, stdout, stderr })
  })

  const groups = [
    'settle',
    'keys',
    'completion',
    'worker',
    'reputer',
    'ask',
    'topic',
    'stake',
    'query',
    'tx',
    'node',
    'net',
    'doctor',
  ]
  it.each([...groups.map((name) => [name]), ['keys', 'add'], ['worker', 'new'], ['topic', 'create'], ['tx', 'send']])(
    'shows examples or options of %s %s',
    async (...words) => {
      const { code, stdout, stderr } = await runWith([...words, '--help'])
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toContain(`Usage: starling ${words.join(' ')}`)
      expect(stdout).toContain('--home <dir>')
      if (words.length === 1) expect(stdout).toContain('Examples:\n  starling ')
    },
  )

  it('prints the version', async () => {
    expect(await runWith(['--version'])).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    })
  })

  it.each<[string, readonly string[], RegExp]>([
    ['nothing', [], /Usage: starling/],
    ['an unknown command', ['setle'], /unknown command 'setle'\n\(Did you mean settle\?\)/],
    ['an unknown option', ['--jsn', 'settle'], /unknown option '--jsn'\n\(Did you mean --json\?\)/],
    [
      'an unknown option of a command',
      ['settle', '--inptu', 'x'],
      /unknown option '--inptu'\n\(Did you mean --input\?\)/,
    ],
    ['a missing option', ['settle'], /^settle needs --input FILE/],
    ['a missing value', ['settle', '--input'], /argument missing/],
    ['a missing argument', ['keys', 'add'], /missing required argument 'name'/],
    ['too many arguments', ['keys', 'show', 'a', 'b'], /too many arguments/],
    ['a group without its command', ['keys'], /Usage: starling keys/],
    ['an unknown command of a group', ['keys', 'lst'], /unknown command 'lst'\n\(Did you mean list\?\)/],
    ['a wrong choice', ['completion', 'tcsh'], /Allowed choices are bash, zsh, fish/],
    [
      'a wrong address of a node',
      ['keys', 'list', '--node', 'localhost'],
      /--node must be an address like http:.*, got "localhost"/,
    ],
  ])('refuses %s with exit code 2 and a sentence on stderr', async (_, argv, sentence) => {
    const { code, stdout, stderr } = await runWith(argv)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(sentence)
    expect(stderr).not.toMatch(/^ +at /m)
  })

  it('takes global options before and after the command', async () => {
    const env = { STARLING_HOME: '/nowhere/at/all' }
    for (const argv of [
      ['--json', 'keys', 'list'],
      ['keys', '--json', 'list'],
      ['keys', 'list', '--json'],
    ])
      expect(await runWith(argv, { env })).toEqual({ code: 0, stdout: '[]\n', stderr: '' })
  })

  it('says that a file cannot be read with exit code 3, and shows the stack with --debug only', async () => {
    const { code, stdout, stderr } = await runWith(['settle', '--input', '/nowhere/epoch.json'])
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toMatch(/^\/nowhere\/epoch\.json cannot be read: ENOENT.*\.\n$/)
    const debugged = await runWith(['settle', '--input', '/nowhere/epoch.json', '--debug'])
    expect(debugged.code).toBe(3)
    expect(debugged.stderr.startsWith(stderr)).toBe(true)
    expect(debugged.stderr).toMatch(/^ +at /m)
  })

  it('is plain without a terminal and with NO_COLOR', async () => {
    const env = { NO_COLOR: '1' }
    for (const { stdout, stderr } of [await runWith(['--help']), await runWith(['--help'], { terminal: true, env })])
      expect(stdout + stderr).not.toContain('\u001b')
  })
})
