import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fileHeaderLength } from './frame.ts'
import { type Journal, openJournal } from './journal.ts'
import { nodeFs } from './node-fs.ts'
import { verifyJournal } from './verify-journal.ts'

const key = new Uint8Array(32).fill(3)
const clock = { now: () => new Date('2026-11-22T09:00:00Z') }
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** A linear congruential stream: the same bytes in every run. */
function chance(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const path = () => join(folder, 'journal')
const ports = (changes: { key?: Uint8Array; reserveBytes?: number } = {}) => {
  const next = chance(99)
  return {
    fs: nodeFs(),
    folder,
    key,
    clock,
    random: (n: number) => Uint8Array.from({ length: n }, () => next(256)),
    reserveBytes: 0,
    ...changes,
  }
}

async function open(): Promise<Journal> {
  const opened = await openJournal(ports())
  if (!opened.ok) throw new Error(`journal-damaged at ${opened.error.offset}`)
  return opened.value
}

async function bodies(journal: Journal): Promise<unknown[]> {
  const found: unknown[] = []
  for await (const record of journal.scan()) found.push(record.body)
  return found
}

async function filled(count: number): Promise<unknown[]> {
  const journal = await open()
  const written = Array.from({ length: count }, (_, index) => ({ index, text: '記録'.repeat(index % 40) }))
  for (const body of written) await journal.append(body)
  await journal.close()
  return written
}

test('what was appended is there after closing, in order, with number and time', async () => {
  const journal = await open()
  expect(await journal.append({ kind: 'act', text: '所見' })).toEqual({ seq: 1 })
  expect(await Promise.all([journal.append('b'), journal.append('c')])).toEqual([{ seq: 2 }, { seq: 3 }])
  const head = journal.head()
  await journal.close()

  const again = await open()
  const records: unknown[] = []
  for await (const record of again.scan()) records.push(record)
  expect(records).toEqual([
    { seq: 1, at: '2026-11-22T09:00:00.000Z', body: { kind: 'act', text: '所見' } },
    { seq: 2, at: '2026-11-22T09:00:00.000Z', body: 'b' },
    { seq: 3, at: '2026-11-22T09:00:00.000Z', body: 'c' },
  ])
  expect({ head: again.head(), cut: again.cutBytes }).toEqual({ head, cut: 0 })
  await again.close()
})

test('no text of a record lies in the file', async () => {
  const journal = await open()
  await journal.append({ patient: 'MARKER-TARO-YAMADA' })
  await journal.close()
  expect(readFileSync(path()).includes('MARKER')).toBe(false)
})

test('a changed body after append is not what was recorded', async () => {
  const journal = await open()
  const body = { level: 'VUS' }
  const appended = journal.append(body)
  body.level = 'pathogenic'
  await appended
  expect(await bodies(journal)).toEqual([{ level: 'VUS' }])
  await journal.close()
})

test('another key does not open the journal, and changes nothing', async () => {
  await filled(3)
  const before = readFileSync(path())
  const opened = await openJournal(ports({ key: new Uint8Array(32).fill(4) }))
  expect(opened).toEqual({ ok: false, error: { code: 'journal-damaged', offset: fileHeaderLength } })
  expect(readFileSync(path()).equals(before)).toBe(true)
})

test('a file cut anywhere opens with a whole beginning and goes on', async () => {
  const written = await filled(12)
  const whole = readFileSync(path())
  for (let length = fileHeaderLength; length < whole.length; length += 37) {
    writeFileSync(path(), whole.subarray(0, length))
    const journal = await open()
    const found = await bodies(journal)
    expect(found).toEqual(written.slice(0, found.length))
    await journal.append('after')
    expect(await bodies(journal)).toEqual([...found, 'after'])
    await journal.close()
  }
})

test('whole frames in another order, or taken from another journal, are found', async () => {
  await filled(3)
  const first = readFileSync(path())
  const sizes = await frameEnds(first)
  const piece = (index: number) => first.subarray(sizes[index], sizes[index + 1])
  writeFileSync(path(), Buffer.concat([first.subarray(0, sizes[0]), piece(1), piece(0), piece(2)]))
  expect(await verifyJournal(nodeFs(), path())).toEqual({ ok: false, code: 'journal-damaged', offset: fileHeaderLength })
  writeFileSync(path(), Buffer.concat([first.subarray(0, sizes[0]), piece(0), piece(2)]))
  expect(await verifyJournal(nodeFs(), path())).toMatchObject({ ok: false, offset: sizes[1] })
  rmSync(path())
  // Another first record: the second frame has the right number and a whole CRC, but belongs behind something else.
  const journal = await open()
  await journal.append('another beginning')
  await journal.close()
  const grafted = Buffer.concat([readFileSync(path()), piece(1)])
  const graft = readFileSync(path()).length
  writeFileSync(path(), grafted)
  expect(await verifyJournal(nodeFs(), path())).toEqual({ ok: false, code: 'journal-damaged', offset: graft })
})

async function frameEnds(bytes: Buffer): Promise<number[]> {
  const ends = [fileHeaderLength]
  for (let end = fileHeaderLength; end < bytes.length; ) {
    end += 56 + bytes.readUInt32LE(end + 4) + 4
    ends.push(end)
  }
  return ends
}

test('an older copy put back has another head than the one remembered', async () => {
  await filled(2)
  const old = join(folder, 'old')
  copyFileSync(path(), old)
  const journal = await open()
  await journal.append('newer')
  const remembered = journal.head()
  await journal.close()
  copyFileSync(old, path())
  const again = await open()
  expect(again.head()).not.toEqual(remembered)
  await again.close()
})

test('the reserve is real disk space beside the journal', async () => {
  const opened = await openJournal(ports({ reserveBytes: 3 << 20 }))
  if (!opened.ok) throw new Error('journal-damaged')
  const { size, blocks } = statSync(`${path()}.reserve`)
  expect(size).toBe(3 << 20)
  expect(blocks * 512).toBeGreaterThanOrEqual(3 << 20)
  await opened.value.close()
})

test('200 appends at once share few fsyncs and keep their order', async () => {
  const journal = await open()
  const all = await Promise.all(Array.from({ length: 200 }, (_, index) => journal.append(index)))
  expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
  expect(await bodies(journal)).toEqual(Array.from({ length: 200 }, (_, index) => index))
  expect((await frameEnds(readFileSync(path()))).length).toBeLessThan(5)
  await journal.close()
})

test('a record that is too large, or comes after closing, is refused and leaves the journal whole', async () => {
  const journal = await open()
  await expect(journal.append('x'.repeat(9 << 20))).rejects.toMatchObject({ code: 'too-large' })
  await journal.append('fits')
  await journal.close()
  await expect(journal.append('late')).rejects.toMatchObject({ code: 'could-not-record' })
  truncateSync(path(), statSync(path()).size)
  expect(await verifyJournal(nodeFs(), path(), key)).toMatchObject({ ok: true, records: 1, tornBytes: 0, sealsChecked: true })
})
