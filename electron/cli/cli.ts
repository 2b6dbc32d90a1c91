import { commands } from './commands.ts'
import { runCommand } from './run-command.ts'
import { terminal } from './terminal.ts'

// The reader of the pipe may leave early (head, a closed window): that is its right, and no failure of ours.
process.stdout.on('error', error => {
  process.exit('code' in error && error.code === 'EPIPE' ? 0 : 2)
})

const outcome = await runCommand(commands, process.argv.slice(2), terminal())
if (outcome.exit === 2) process.stderr.write(`${outcome.sentence}\n`)
process.exitCode = outcome.exit
