import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { runWith } from '../testing/testIo.ts'

const scriptOf = async (shell: string) => (await runWith(['completion', shell])).stdout
const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0

/** What bash offers for the last of the words. */
function complete(script: string, words: readonly string[]): readonly string[] {
  const ask = `COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _starling; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = spawnSync('bash', ['-c', `${script}\n${ask}`, 'bash', ...words], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout.split('\n').filter((line) => line !== '')
}

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])('for %s names every command and option', async (shell) => {
    const script = await scriptOf(shell)
    for (const word of ['settle', 'keys', 'add', 'delete', 'completion', 'recover', 'skip-invalid', 'json', 'home'])
      expect(script).toContain(word)
    expect(script).toContain('starling')
  })

  it.runIf(has('bash'))('in bash offers what fits the words before', async () => {
    const script = await scriptOf('bash')
    expect(complete(script, ['starling', 'se'])).toEqual(['settle'])
    expect(complete(script, ['starling', 'keys', ''])).toEqual(
      expect.arrayContaining(['add', 'list', '--json', '--help']),
    )
    expect(complete(script, ['starling', '--json', 'keys', 'ex'])).toEqual(['export'])
    expect(complete(script, ['starling', 'keys', 'add', '--r'])).toEqual(['--recover', '--rpc'])
    expect(complete(script, ['starling', 'settle', '--input', ''])).toEqual([])
    expect(complete(script, ['starling', 'settle', '--skip'])).toEqual(['--skip-invalid'])
  })

  it.each([
    ['zsh', ['-n']],
    ['fish', ['--no-execute']],
  ])('is a legal script of %s, where there is one', async (shell, flags) => {
    const script = await scriptOf(shell)
    const { error, status } = spawnSync(shell, flags, { input: script })
    // Without the shell only its quotation marks are counted.
    if (error !== undefined) expect(script.split("'").length % 2).toBe(1)
    else expect(status).toBe(0)
  })
})
