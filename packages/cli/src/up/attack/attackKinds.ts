import { CliError } from '../../cliError.ts'

/**
 * Ways to attack a topic as a worker: without information; with last epoch's best prediction; with one good model under many
 * identities; with as many bad identities as there are honest ones.
 */
export const attackKinds = ['junk', 'copy', 'sybil', 'bad-half'] as const

/** One of them. */
export type AttackKind = (typeof attackKinds)[number]

/** Reads what was given with --attack: kinds with commas between them. Throws a `CliError` where one is unknown or twice. */
export function readAttackKinds(text: string): readonly AttackKind[] {
  const names = text.split(',')
  const kinds = names.map((name) => attackKinds.find((kind) => kind === name))
  const isLegal = kinds.every((kind, i) => kind !== undefined && kinds.indexOf(kind) === i)
  if (isLegal) return kinds.filter((kind) => kind !== undefined)
  throw new CliError(2, `--attack takes ${attackKinds.join(', ')}, each once, with commas between them; got "${text}".`)
}
