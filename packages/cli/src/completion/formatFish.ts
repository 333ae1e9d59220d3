import { type CommandNode, listCommands } from './commandTree.ts'

/** Completion for fish. */
export function formatFish(tree: CommandNode): string {
  const commands = listCommands(tree)
  const trails = commands.filter(({ words }) => words.length > 0).map(({ words }) => quote(words.join(' ')))
  const at = `__${tree.name}_at`
  const lines = commands.flatMap(({ words, node }) => {
    // The options of the program itself hold for every command.
    const when = words.length === 0 ? '' : ` -n ${quote(`${at} ${quote(words.join(' '))}`)}`
    const first = ` -n ${quote(`${at} ${quote(words.join(' '))}`)}`
    return [
      ...node.commands.map(
        ({ name, description }) => `complete -c ${tree.name}${first} -a ${name} -d ${quote(description)}`,
      ),
      ...node.options.map(({ flag, description, takesValue, takesFile }) => {
        const value = takesFile ? ' -r -F' : takesValue ? ' -x' : ''
        return `complete -c ${tree.name}${when} -l ${flag.slice(2)}${value} -d ${quote(description)}`
      }),
    ]
  })
  return `# fish completion of ${tree.name}
function ${at}
  set -l trail
  set -l tokens (commandline -opc)
  set -e tokens[1]
  for token in $tokens
    switch (string trim -- "$trail $token")
      case ${trails.join(' ')}
        set trail (string trim -- "$trail $token")
    end
  end
  test "$trail" = "$argv[1]"
end
complete -c ${tree.name} -f
${lines.join('\n')}
`
}

/** In single quotes, fish escapes only the backslash and the quote itself. */
function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
