import { type CommandNode, listCommands, wordsAfter } from './commandTree.ts'

/** Completion for zsh, as a file of `fpath` or sourced. */
export function formatZsh(tree: CommandNode): string {
  const commands = listCommands(tree)
  const valued = commands.flatMap(({ node }) => node.options).filter(({ takesValue }) => takesValue)
  const flags = [...new Set(valued.map(({ flag }) => flag))]
  const trails = commands.filter(({ words }) => words.length > 0).map(({ words }) => quote(words.join(' ')))
  const choicesOf = (node: CommandNode) =>
    wordsAfter(tree, node)
      .map(({ word, description }) => quote(`${word}:${description}`))
      .join(' ')
  return `#compdef ${tree.name}
_${tree.name}() {
  local trail= next
  local -a choices
  integer i
  for ((i = 2; i < CURRENT; i++)); do
    next="\${trail:+$trail }\${words[i]}"
    case $next in
      (${trails.join('|')}) trail=$next ;;
    esac
  done
  case \${words[CURRENT-1]} in
    (${flags.join('|')}) _files; return ;;
  esac
  case $trail in
${commands.map(({ words, node }) => `    (${quote(words.join(' '))}) choices=(${choicesOf(node)}) ;;`).join('\n')}
  esac
  _describe ${tree.name} choices || _files
}
if [ "$funcstack[1]" = "_${tree.name}" ]; then _${tree.name}; else compdef _${tree.name} ${tree.name}; fi
`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
