import { expect, test } from 'vitest'
import { type Journal, openJournal } from '../../electron/journal/journal.ts'
import { verifyJournal } from '../../electron/journal/verify-journal.ts'
import { crashImages, type Disk, emptyDisk } from './disk.ts'
import { type Fault, faultyFs } from './faulty-fs.ts'

const key = new Uint8Array(32).fill(7)
const clock = { now: () => new Date('2026-11-22T00:00:00Z') }

/** A linear congruential stream: the same numbers in every run. */
function chance(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Never a zero byte: in a sealed frame a whole sector of zeros does not happen. */
function pseudoRandom() {
  const next = chance(1)
  return (length: number) => Uint8Array.from({ length }, () => 1 + next(255))
}

const ports = (fs: ReturnType<typeof faultyFs>, reserveBytes = 0) => ({
  fs,
  folder: '/j',
  key,
  clock,
  random: pseudoRandom(),
  reserveBytes,
})

async function read(disk: Disk): Promise<{ bodies: unknown[]; cut: number }> {
  const opened = await openJournal(ports(faultyFs({ disk })))
  if (!opened.ok) throw new Error(`journal-damaged at ${opened.error.offset}`)
  const bodies: unknown[] = []
  for await (const record of opened.value.scan()) bodies.push(record.body)
  return { bodies, cut: opened.value.cutBytes }
}

async function open(fs: ReturnType<typeof faultyFs>, reserveBytes = 0): Promise<Journal> {
  const opened = await openJournal(ports(fs, reserveBytes))
  if (!opened.ok) throw new Error('journal-damaged')
  return opened.value
}

/** Single records small and large, then bursts that share an fsync. */
const workload = [
  ['a'],
  ['b'.repeat(700)],
  ['c'.repeat(5_000)],
  ['d', 'e'.repeat(900), 'f'],
  ['g'],
  ['h'.repeat(9_000), 'i'],
  ['j'],
]

async function record(journal: Journal, acknowledged: string[]): Promise<void> {
  for (const burst of workload)
    await Promise.all(
      burst.map(body =>
        journal.append(body).then(
          () => acknowledged.push(body),
          () => undefined,
        ),
      ),
    )
}

/** All that was acknowledged is there, in order, and nothing is there twice or was never asked for. */
function expectKept(bodies: readonly unknown[], acknowledged: readonly string[], where: string): void {
  const asked = workload.flat()
  expect(
    bodies.filter(body => acknowledged.includes(String(body))),
    where,
  ).toEqual(acknowledged)
  expect(new Set(bodies).size, where).toBe(bodies.length)
  expect(
    bodies.filter(body => !asked.includes(String(body))),
    where,
  ).toEqual([])
}

test('power loss after any call to the disk loses no acknowledged record and never looks like damage', async () => {
  const acknowledged: string[] = []
  const moments: { images: { how: string; disk: Disk }[]; acknowledged: string[]; call: string }[] = []
  const fs = faultyFs({
    afterEach: (disk, call) => moments.push({ images: [...crashImages(disk)], acknowledged: [...acknowledged], call }),
  })
  await record(await open(fs), acknowledged)
  expect(acknowledged).toEqual(workload.flat())

  let torn = 0
  let images = 0
  for (const moment of moments)
    for (const { how, disk } of moment.images) {
      const where = `${moment.call}: ${how}`
      const found = await read(disk)
      expectKept(found.bodies, moment.acknowledged, where)
      // A second start finds the same, and nothing more to cut.
      expect(await read(disk), where).toEqual({ bodies: found.bodies, cut: 0 })
      if (found.cut > 0) torn++
      images++
    }
  expect(images).toBeGreaterThan(100)
  expect(torn).toBeGreaterThan(20)
})

const kinds: readonly Omit<Fault, 'at'>[] = [
  { code: 'EIO' },
  { code: 'ENOSPC' },
  { code: 'EDQUOT' },
  { code: 'EROFS' },
  { code: 'EIO', short: true },
  { code: 'ENOSPC', short: true },
  { code: 'EIO', times: 2 },
  { code: 'EIO', times: 3 },
  { code: 'EIO', landed: true },
  { code: 'EIO', landed: true, times: 2 },
  { code: 'EIO', times: Number.POSITIVE_INFINITY },
]

test.each(kinds)(
  'a failing call ($code, short: $short, landed: $landed, times: $times), at every place, never makes a lie',
  async kind => {
    const clean = faultyFs()
    await record(await open(clean), [])
    for (let at = 1; at <= clean.calls() + 4; at++) {
      const acknowledged: string[] = []
      const fs = faultyFs({ fault: { ...kind, at } })
      const journal = await open(fs).catch(() => undefined)
      if (journal) await record(journal, acknowledged)
      // One fault costs at most the burst that it hit.
      if (journal && !kind.times) expect(acknowledged.length).toBeGreaterThanOrEqual(workload.flat().length - 3)
      for (const { how, disk } of crashImages(fs.disk)) expectKept((await read(disk)).bodies, acknowledged, `call ${at}: ${how}`)
    }
  },
)

test('on a full disk the reserve is given up and the record is kept; only then does it say disk-full', async () => {
  const fs = faultyFs({ capacity: 60_000 })
  const journal = await open(fs, 40_000)
  expect(journal.reserve()).toBe('held')
  const kept: string[] = []
  let failure: unknown
  for (let index = 0; failure === undefined && index < 100; index++) {
    const body = `${index}:${'x'.repeat(1_000)}`
    await journal.append(body).then(
      () => kept.push(body),
      error => {
        failure = error
      },
    )
    if (kept.length === 25) expect(journal.reserve()).toBe('released')
  }
  expect(failure).toMatchObject({ code: 'disk-full' })
  expect(kept.length).toBeGreaterThan(45)
  expect((await read(fs.disk)).bodies).toEqual(kept)
})

test('a disk that is full from the start still opens, without a reserve', async () => {
  const journal = await open(faultyFs({ capacity: 5_000 }), 40_000)
  expect(journal.reserve()).toBe('missing')
  expect(await journal.append('still room for this')).toEqual({ seq: 1 })
})

test('10,000 changes (bits, bytes, swapped, removed and repeated pieces) are all found, or leave a whole beginning of a cut file', async () => {
  const fs = faultyFs()
  await record(await open(fs), [])
  const count = workload.flat().length
  const whole = Buffer.from(fs.disk.names.get('/j/journal')?.cached ?? [])
  expect(whole.length).toBeGreaterThan(10_000)
  const next = chance(7)
  const seen = { refused: 0, cut: 0 }
  for (let round = 0; round < 10_000; round++) {
    const changed = mutate(whole, next)
    if (changed.equals(whole)) continue
    const disk = emptyDisk()
    disk.create('/j/journal').cached = changed
    const verdict = await verifyJournal(faultyFs({ disk }), '/j/journal', key)
    if (!verdict.ok) {
      seen.refused++
      continue
    }
    // Accepted only as the beginning of what was written, and never with a byte changed in it.
    seen.cut++
    expect(verdict.records).toBeLessThan(count)
    expect(
      changed.subarray(0, changed.length - verdict.tornBytes).equals(whole.subarray(0, changed.length - verdict.tornBytes)),
    ).toBe(true)
    expect(changed.length).toBeLessThan(whole.length)
  }
  expect(seen.refused).toBeGreaterThan(7_000)
  expect(seen.cut).toBeGreaterThan(500)
}, 120_000)

function mutate(whole: Buffer, next: (below: number) => number): Buffer {
  const at = next(whole.length)
  const length = 1 + next(200)
  const changed = Buffer.from(whole)
  switch (next(6)) {
    case 0:
      changed[at] = (changed[at] ?? 0) ^ (1 << next(8))
      return changed
    case 1:
      for (let index = at; index < Math.min(at + length, whole.length); index++) changed[index] = 1 + next(255)
      return changed
    case 2:
      return Buffer.concat([whole.subarray(0, at), whole.subarray(at + length)])
    case 3:
      return Buffer.concat([whole.subarray(0, at), whole.subarray(at, at + length), whole.subarray(at)])
    case 4:
      return Buffer.concat([whole.subarray(0, at), whole.subarray(at + length), whole.subarray(at, at + length)])
    default:
      return whole.subarray(0, at)
  }
}
