import { Crypt4ghError } from '../vault/crypt4gh/crypt4gh-error.ts'
import { readSecretKey } from '../vault/crypt4gh/key-file.ts'
import { openCrypt4gh } from '../vault/crypt4gh/open-crypt4gh.ts'
import { fileAccess } from '../vault/crypt4gh/random-access.ts'
import { BadInput, type Command, type CommandIo } from './command.ts'
import { aeadFor } from './engine-option.ts'
import { needed, readOptions, readRange } from './options.ts'
import { readSmallText, seen } from './read-file.ts'

export const crypt4ghDecrypt: Command = {
  usage: '--key SEC --in F [--range a-b] [--engine wasm|native]',
  does: 'plain bytes on standard output; the range is 0-based and half-open; passphrase from C4GH_PASSPHRASE or asked for',
  async run(args, io) {
    const { options } = readOptions(args, ['key', 'in', 'range', 'engine'])
    const keyText = await readSmallText(needed(options.key, 'key'))
    const path = needed(options.in, 'in')
    const range = options.range === undefined ? undefined : readRange(options.range)
    const aead = await aeadFor(options.engine)
    const source = await seen(path, () => fileAccess(path))
    try {
      const secret = await readSecretKey(aead, keyText, () => passphrase(io))
      const file = await openCrypt4gh(aead, source, secret)
      secret.fill(0)
      const { start, end } = range ?? { start: 0, end: file.plainSize }
      // Every seal is checked before the first byte leaves: whoever reads the pipe must not get half a file.
      await file.check(start, end)
      for await (const piece of file.stream(start, end)) await io.write(piece)
      return 0
    } catch (error) {
      if (error instanceof Crypt4ghError) throw new BadInput(error.message)
      throw error
    } finally {
      await source.close()
    }
  },
}

async function passphrase(io: CommandIo): Promise<string> {
  const given = io.env.C4GH_PASSPHRASE ?? (await io.askSecret('Passphrase of the secret key: '))
  if (given === undefined) throw new BadInput('the secret key is locked: set C4GH_PASSPHRASE')
  return given
}
