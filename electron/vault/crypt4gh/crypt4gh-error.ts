export type Crypt4ghCode =
  | 'not-crypt4gh'
  | 'unsupported-version'
  | 'header-too-large'
  | 'header-truncated'
  | 'bad-packet'
  | 'no-packet-for-this-key'
  | 'unsupported-method'
  | 'bad-edit-list'
  | 'file-truncated'
  | 'segment-not-authentic'
  | 'range-outside-file'
  | 'bad-key-file'
  | 'unsupported-key-file'
  | 'wrong-passphrase'

/** Why a Crypt4GH file, or a key for one, was refused. The message is one sentence without any content of the file. */
export class Crypt4ghError extends Error {
  readonly code: Crypt4ghCode

  constructor(code: Crypt4ghCode, message: string) {
    super(message)
    this.name = 'Crypt4ghError'
    this.code = code
  }
}
