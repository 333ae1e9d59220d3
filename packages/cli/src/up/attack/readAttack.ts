import { topicTemplates } from '@starling/protocol/presets/topicTemplates'
import { CliError } from '../../cliError.ts'
import { readAttackKinds } from './attackKinds.ts'
import type { Attack } from './castAttackers.ts'

/** Reads --attack and --attack-topic; undefined without the first. Throws a `CliError` for what is unknown. */
export function readAttack(kinds: string | undefined, topicName: string | undefined): Attack | undefined {
  const names = topicTemplates.map(({ name }) => name)
  const topic = topicName === undefined ? names[0] : names.find((name) => name === topicName)
  if (topic === undefined) {
    throw new CliError(2, `--attack-topic must be one of ${names.join(', ')}, got "${topicName}".`)
  }
  if (kinds !== undefined) return { topic, kinds: readAttackKinds(kinds) }
  if (topicName !== undefined) throw new CliError(2, '--attack-topic says where to attack; say how with --attack.')
  return undefined
}
