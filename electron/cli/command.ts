/** What a command may touch: handed in, so that tests need no process. */
export interface CommandIo {
  /** Bytes on standard output; resolves when the reader is ready for more. */
  write(bytes: Uint8Array): Promise<void>
  readonly env: Readonly<Record<string, string | undefined>>
  /** Asks at the terminal without echo; undefined where there is no terminal. */
  askSecret(question: string): Promise<string | undefined>
}

/** Exit codes: 0 all well, 1 the command found something wrong with what it was asked to judge. */
export type ExitCode = 0 | 1

export interface Command {
  /** The words after the name, as shown in the help. */
  readonly usage: string
  readonly does: string
  run(args: readonly string[], io: CommandIo): Promise<ExitCode>
}

/** The input cannot be worked on: one sentence on standard error, exit code 2. */
export class BadInput extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'BadInput'
  }
}

export async function writeJson(io: CommandIo, value: unknown): Promise<void> {
  await io.write(new TextEncoder().encode(`${JSON.stringify(value)}\n`))
}
