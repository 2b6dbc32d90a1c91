import { BadInput, type Command, type CommandIo } from './command.ts'

export type Outcome = { readonly exit: 0 | 1 } | { readonly exit: 2; readonly sentence: string }

/** Finds the command of one or two words and runs it. A bug stays an exception. */
export async function runCommand(
  commands: Readonly<Record<string, Command>>,
  args: readonly string[],
  io: CommandIo,
): Promise<Outcome> {
  const [first = '', second = ''] = args
  if (first === '' || first === 'help' || first === '--help') {
    await io.write(new TextEncoder().encode(helpText(commands)))
    return { exit: 0 }
  }
  const two = commandNamed(commands, `${first} ${second}`)
  const command = two ?? commandNamed(commands, first)
  if (!command) return { exit: 2, sentence: `there is no command ${JSON.stringify(`${first} ${second}`.trim())}; try: help` }
  try {
    return { exit: await command.run(args.slice(two ? 2 : 1), io) }
  } catch (error) {
    if (error instanceof BadInput) return { exit: 2, sentence: error.message }
    throw error
  }
}

function commandNamed(commands: Readonly<Record<string, Command>>, name: string): Command | undefined {
  return Object.hasOwn(commands, name) ? commands[name] : undefined
}

function helpText(commands: Readonly<Record<string, Command>>): string {
  const lines = Object.entries(commands).map(([name, { usage, does }]) => `  ${name} ${usage}\n      ${does}\n`)
  return `npm run -s cli -- COMMAND\n\n${lines.join('')}\nExit: 0 well, 1 a finding, 2 the input cannot be used.\n`
}
