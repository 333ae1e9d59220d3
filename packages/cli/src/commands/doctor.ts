import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { readSeconds } from '../daemon/readSeconds.ts'

/** `starling doctor`: what is wrong here, and what to do. */
export function addDoctorCommand(program: Command, { io, globals }: Context): void {
  program
    .command('doctor')
    .description('Check node, chain, clocks, versions, keys and disk; exit code 1 where something is wrong.')
    .option('--wait <seconds>', 'how long to wait for a new block', '10')
    .addHelpText(
      'after',
      `
Examples:
  starling doctor
  starling doctor --node http://127.0.0.1:3317 --rpc http://127.0.0.1:38657 --json`,
    )
    .action(async ({ wait }: { readonly wait: string }) => {
      const { runDoctor } = await import('../doctor/runDoctor.ts')
      await runDoctor({ io, ...globals(), waitMs: 1000 * readSeconds('--wait', wait) })
    })
}
