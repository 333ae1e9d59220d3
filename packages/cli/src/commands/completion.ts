import { Argument, type Command } from 'commander'
import type { Context } from '../context.ts'

/** `starling completion`: a script for the shell, from the tree of commands. */
export function addCompletionCommand(program: Command, { io }: Context): void {
  program
    .command('completion')
    .description('Print a completion script for a shell.')
    .addArgument(new Argument('<shell>', 'which shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      `
Examples:
  starling completion bash > ~/.local/share/bash-completion/completions/starling
  starling completion zsh > "\${fpath[1]}/_starling"
  starling completion fish > ~/.config/fish/completions/starling.fish`,
    )
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { formatCompletion } = await import('../completion/formatCompletion.ts')
      io.stdout.write(formatCompletion(shell, program))
    })
}
