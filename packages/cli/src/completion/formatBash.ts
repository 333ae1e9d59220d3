import { type CommandNode, listCommands, wordsAfter } from './commandTree.ts'

/** Completion for bash; file names come from readline where nothing else fits. */
export function formatBash(tree: CommandNode): string {
  const commands = listCommands(tree)
  const options = commands.flatMap(({ node }) => node.options)
  const flags = (wanted: boolean) => [
    ...new Set(
      options.filter(({ takesValue, takesFile }) => takesValue && takesFile === wanted).map(({ flag }) => flag),
    ),
  ]
  const trails = commands.filter(({ words }) => words.length > 0).map(({ words }) => `'${words.join(' ')}'`)
  return `# bash completion of ${tree.name}
_${tree.name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} trail= choices= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${trail:+$trail }\${COMP_WORDS[i]}" in
      ${trails.join(' | ')}) trail="\${trail:+$trail }\${COMP_WORDS[i]}" ;;
    esac
  done
  COMPREPLY=()
  case \${COMP_WORDS[COMP_CWORD - 1]} in
    ${[...flags(true), ...flags(false)].join(' | ')}) return ;;
  esac
  case $trail in
${commands
  .map(
    ({ words, node }) =>
      `    '${words.join(' ')}') choices='${wordsAfter(tree, node)
        .map(({ word }) => word)
        .join(' ')}' ;;`,
  )
  .join('\n')}
  esac
  COMPREPLY=($(compgen -W "$choices" -- "$current"))
}
complete -o default -F _${tree.name} ${tree.name}
`
}
