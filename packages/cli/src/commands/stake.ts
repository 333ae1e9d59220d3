import type { Command } from 'commander'
import type { Signer } from '../chain/chooseAccount.ts'
import { addSignerOptions } from '../chain/signerOptions.ts'
import type { Context } from '../context.ts'
import type { StakeChange } from '../stake/changeStake.ts'

/** `starling stake`: what stands behind a reputer's word. */
export function addStakeCommand(program: Command, { io, globals }: Context): void {
  const stake = program.command('stake').description('Stake on reputers, your own or those of others.')
  stake.addHelpText(
    'after',
    `
Amounts are decimal ALLO, or whole uallo as in 1000uallo.

Examples:
  starling stake show
  starling stake add 1 100 --key alice
  starling stake delegate 1 allo1… 5
  starling stake remove 1 40 --key alice`,
  )
  const change = async (topic: string, changed: StakeChange, signer: Signer): Promise<void> => {
    const { changeStake } = await import('../stake/changeStake.ts')
    await changeStake({ io, ...globals(), topic, change: changed, signer })
  }
  addSignerOptions(stake.command('add <topic> <amount>'), 'dev')
    .description('Add stake of a reputer of the topic; it counts from the next epoch on.')
    .action((topic: string, amount: string, signer: Signer) => change(topic, { kind: 'add', amount }, signer))
  addSignerOptions(stake.command('remove <topic> <amount>'), 'dev')
    .description('Take own stake out; it stops counting at once and is paid out after a delay.')
    .action((topic: string, amount: string, signer: Signer) => change(topic, { kind: 'remove', amount }, signer))
  addSignerOptions(stake.command('delegate <topic> <reputer> <amount>'), 'dev')
    .description('Back a reputer with stake of yours, and share in its rewards.')
    .action((topic: string, reputer: string, amount: string, signer: Signer) =>
      change(topic, { kind: 'delegate', reputer, amount }, signer),
    )
  addSignerOptions(stake.command('undelegate <topic> <reputer> <amount>'), 'dev')
    .description('Take a delegation back; it is paid out after a delay.')
    .action((topic: string, reputer: string, amount: string, signer: Signer) =>
      change(topic, { kind: 'undelegate', reputer, amount }, signer),
    )
  addSignerOptions(stake.command('cancel <topic> [reputer]'), 'dev')
    .description('Cancel a removal that waits: of own stake, or of a delegation to a reputer.')
    .action((topic: string, reputer: string | undefined, signer: Signer) =>
      change(topic, { kind: 'cancel', reputer }, signer),
    )
  addSignerOptions(stake.command('rewards <topic> <reputer>'), 'dev')
    .description('Claim what a delegation has earned.')
    .action((topic: string, reputer: string, signer: Signer) => change(topic, { kind: 'rewards', reputer }, signer))
  addSignerOptions(stake.command('show [address]'), 'dev')
    .description('Show the stake of an account, default the one that would sign.')
    .option('--topic <topic>', 'in this topic only')
    .action(async (address: string | undefined, { topic, ...signer }: Signer & { readonly topic?: string }) => {
      const { showStake } = await import('../stake/showStake.ts')
      await showStake({ io, ...globals(), address, topic, signer })
    })
}
