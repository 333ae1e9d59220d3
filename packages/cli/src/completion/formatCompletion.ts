import type { Command } from 'commander'
import { readCommandTree } from './commandTree.ts'
import { formatBash } from './formatBash.ts'
import { formatFish } from './formatFish.ts'
import { formatZsh } from './formatZsh.ts'

/** The completion script of a program for one shell. */
export function formatCompletion(shell: 'bash' | 'zsh' | 'fish', program: Command): string {
  const tree = readCommandTree(program)
  if (shell === 'bash') return formatBash(tree)
  return shell === 'zsh' ? formatZsh(tree) : formatFish(tree)
}
