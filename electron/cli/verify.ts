import { stat } from 'node:fs/promises'
import { nodeFs } from '../journal/node-fs.ts'
import { verifyJournal } from '../journal/verify-journal.ts'
import { BadInput, type Command, writeJson } from './command.ts'
import { readOptions } from './options.ts'
import { seen } from './read-file.ts'

export const verify: Command = {
  usage: 'FILE',
  does: 'checks every mark, checksum and link of a journal; exit 1 when one does not hold',
  async run(args, io) {
    const { words } = readOptions(args, [])
    const [path, ...more] = words
    if (path === undefined || more.length > 0) throw new BadInput('verify wants one FILE')
    const found = await seen(path, () => stat(path))
    if (!found.isFile()) throw new BadInput(`${path} is not a file that can be verified`)
    const verdict = await verifyJournal(nodeFs(), path)
    if (!verdict.ok && verdict.code === 'not-a-journal') throw new BadInput(`${path} is not a journal`)
    await writeJson(io, { kind: 'journal', ...verdict })
    return verdict.ok ? 0 : 1
  },
}
