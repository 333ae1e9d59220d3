import { isUnread } from './daemon/whileRead.ts'
import { run } from './run.ts'

let isTerminalGone = false
// Node would abort on a terminal that is gone, so the process ends as others end with their terminal.
const endWithTerminal = (): boolean => process.kill(process.pid, 'SIGHUP')

// A reader that has seen enough (`| head`) closes the pipe: no failure, and nobody is left to write to.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!isUnread(stream, error)) throw error
    isTerminalGone ||= error.code === 'EIO'
    // A command that has something to close listens too, and ends by itself.
    if (stream.listenerCount('error') > 1) return
    if (isTerminalGone) endWithTerminal()
    else process.exit()
  })
}

process.exitCode = await run(process.argv.slice(2), process)
if (isTerminalGone) endWithTerminal()
