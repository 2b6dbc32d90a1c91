import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { Crypt4ghError } from '../vault/crypt4gh/crypt4gh-error.ts'
import { encryptCrypt4gh } from '../vault/crypt4gh/encrypt.ts'
import { readPublicKey } from '../vault/crypt4gh/key-file.ts'
import { BadInput, type Command } from './command.ts'
import { aeadFor } from './engine-option.ts'
import { needed, readOptions } from './options.ts'
import { readSmallText, seen } from './read-file.ts'

export const crypt4ghEncrypt: Command = {
  usage: '--recipient PUB --in F [--engine wasm|native]',
  does: 'a Crypt4GH file on standard output that only the recipient can open',
  async run(args, io) {
    const { options } = readOptions(args, ['recipient', 'in', 'engine'])
    const recipientText = await readSmallText(needed(options.recipient, 'recipient'))
    const path = needed(options.in, 'in')
    const aead = await aeadFor(options.engine)
    try {
      const recipient = readPublicKey(aead, recipientText)
      await seen(path, () => access(path))
      for await (const piece of encryptCrypt4gh(aead, createReadStream(path, { highWaterMark: 1 << 20 }), [recipient]))
        await io.write(piece)
      return 0
    } catch (error) {
      if (error instanceof Crypt4ghError) throw new BadInput(error.message)
      throw error
    }
  },
}
