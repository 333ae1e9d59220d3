import type { Command } from 'commander'

/** A command as completion sees it: its name, what it takes next, its own options. */
export type CommandNode = {
  readonly name: string
  readonly description: string
  readonly options: readonly CommandOption[]
  readonly commands: readonly CommandNode[]
}
/** A long option; `takesFile` where its value names a file or folder. */
export type CommandOption = {
  readonly flag: string
  readonly description: string
  readonly takesValue: boolean
  readonly takesFile: boolean
}

/** What the parser knows, as plain data. */
export function readCommandTree(command: Command): CommandNode {
  return {
    name: command.name(),
    description: command.description(),
    options: command.options.flatMap((option) =>
      option.long === undefined || option.long === null || option.hidden
        ? []
        : [
            {
              flag: option.long,
              description: option.description,
              takesValue: option.required || option.optional,
              takesFile: /<(file|dir|path)>/.test(option.flags),
            },
          ],
    ),
    commands: command.commands.map(readCommandTree),
  }
}

/** Every command with the words that lead to it, the program itself first. */
export function listCommands(
  node: CommandNode,
  words: readonly string[] = [],
): readonly { readonly words: readonly string[]; readonly node: CommandNode }[] {
  return [{ words, node }, ...node.commands.flatMap((child) => listCommands(child, [...words, child.name]))]
}

/** What may come after a command: its commands, its options, the program's options and `--help`. */
export function wordsAfter(
  tree: CommandNode,
  node: CommandNode,
): readonly { readonly word: string; readonly description: string }[] {
  const options = node === tree ? tree.options : [...node.options, ...tree.options]
  return [
    ...node.commands.map(({ name, description }) => ({ word: name, description })),
    ...options.map(({ flag, description }) => ({ word: flag, description })),
    { word: '--help', description: 'show what it takes' },
  ]
}
