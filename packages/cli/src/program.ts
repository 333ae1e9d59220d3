import { Command } from 'commander'
import { addArchiveCommand } from './commands/archive.ts'
import { addAskCommand } from './commands/ask.ts'
import { addBacktestCommand } from './commands/backtest.ts'
import { addCompletionCommand } from './commands/completion.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addExplainCommand } from './commands/explain.ts'
import { addExplorerCommand } from './commands/explorer.ts'
import { addKeysCommand } from './commands/keys.ts'
import { addNetCommand } from './commands/net.ts'
import { addNodeCommand } from './commands/node.ts'
import { addQueryCommand } from './commands/query.ts'
import { addReputerCommand } from './commands/reputer.ts'
import { addSettleCommand } from './commands/settle.ts'
import { addStakeCommand } from './commands/stake.ts'
import { addTopicCommand } from './commands/topic.ts'
import { addTxCommand } from './commands/tx.ts'
import { addUpCommand } from './commands/up.ts'
import { addVerifyCommand } from './commands/verify.ts'
import { addWorkerCommand } from './commands/worker.ts'
import type { Context } from './context.ts'
import { addGlobalOptions, readGlobals } from './globals.ts'
import type { Io } from './io.ts'
import { hasColour } from './output/hasColour.ts'
import { readVersion } from './readVersion.ts'

/** For help where there is no terminal, or one that does not say its size. */
const UNKNOWN_WIDTH = 100

/** Adds one command to the program. Its implementation is imported only when it runs, so that `--help` stays fast. */
export type AddCommand = (program: Command, context: Context) => void

/** The commands in the order of the help: a new one is a file in `commands/` and a line here. */
const commands: readonly AddCommand[] = [
  addUpCommand,
  addWorkerCommand,
  addReputerCommand,
  addAskCommand,
  addVerifyCommand,
  addExplainCommand,
  addArchiveCommand,
  addExplorerCommand,
  addTopicCommand,
  addStakeCommand,
  addQueryCommand,
  addTxCommand,
  addKeysCommand,
  addNodeCommand,
  addNetCommand,
  addSettleCommand,
  addBacktestCommand,
  addDoctorCommand,
  addCompletionCommand,
]

/** The whole command line as a tree of commands; parsing throws where the arguments are wrong. */
export function createProgram(io: Io): Command {
  const program = new Command('starling')
    .description('A decentralised prediction network: models predict, the chain combines, scores and pays.')
    .usage('[options] <command>')
    .version(readVersion(), '--version', 'print the version')
    .helpCommand(true)
    .showHelpAfterError('Run the command with --help for what it takes.')
    .configureHelp({ showGlobalOptions: true, subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns || UNKNOWN_WIDTH,
      getErrHelpWidth: () => io.stderr.columns || UNKNOWN_WIDTH,
      getOutHasColors: () => hasColour(io.stdout, io.env),
      getErrHasColors: () => hasColour(io.stderr, io.env),
    })
    .exitOverride()
  addGlobalOptions(program)
  const context: Context = { io, globals: () => readGlobals(program, io.env) }
  for (const add of commands) add(program, context)
  return program
}
