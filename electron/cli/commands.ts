import type { Command } from './command.ts'
import { crypt4ghDecrypt } from './crypt4gh-decrypt.ts'
import { crypt4ghEncrypt } from './crypt4gh-encrypt.ts'
import { verify } from './verify.ts'

/** Every command by its name of one or two words. A new command is one file and one line here. */
export const commands: Readonly<Record<string, Command>> = {
  'crypt4gh decrypt': crypt4ghDecrypt,
  'crypt4gh encrypt': crypt4ghEncrypt,
  verify,
}
