import { randomBytes } from 'node:crypto'
import { openJournal } from '../../electron/journal/journal.ts'
import { nodeFs } from '../../electron/journal/node-fs.ts'

/* Records without end and prints the id of each act after it was recorded: the process that the kill test ends. */

const [folder = '', prefix = ''] = process.argv.slice(2)

const opened = await openJournal({
  fs: nodeFs(),
  folder,
  key: new Uint8Array(32).fill(7),
  clock: { now: () => new Date() },
  random: length => new Uint8Array(randomBytes(length)),
  reserveBytes: 1 << 20,
})
if (!opened.ok) throw new Error(`journal-damaged at ${opened.error.offset}`)
const journal = opened.value

async function recordForever(desk: number): Promise<never> {
  for (let count = 0; ; count++) {
    const id = `${prefix}-${desk}-${count}`
    await journal.append({ id, text: '所見'.repeat((count * 37) % 900) })
    process.stdout.write(`${id}\n`)
  }
}

// Three at once, so that some acts share an fsync.
await Promise.all([0, 1, 2].map(recordForever))
