import { beforeAll, expect, test } from 'vitest'
import { createFileStore, type FileStore } from '../../electron/files/file-store.ts'
import { chunkOf, headersOf, type TestFile, testFile, testManifest } from '../../electron/files/test-package.ts'
import { type Aead, chooseAead, keyPairOf } from '../../electron/vault/aead.ts'
import { crashImages, type Disk } from './disk.ts'
import { type Fault, type FaultyFs, faultyFs } from './faulty-fs.ts'

const keys = { secretKey: new Uint8Array(32).fill(1), key: new Uint8Array(32).fill(2) }
let aead: Aead
let versions: readonly (readonly TestFile[])[] = []

const plain = (seed: number, length: number) => Uint8Array.from({ length }, (_, index) => (index * 31 + seed * 17) & 255)

beforeAll(async () => {
  aead = await chooseAead()
  const { publicKey } = keyPairOf(aead, keys.secretKey)
  const reads = await testFile(aead, 'reads', plain(1, 1_200_000), publicKey)
  versions = [
    [reads, await testFile(aead, 'calls', plain(2, 3_000), publicKey)],
    [reads, await testFile(aead, 'calls', plain(3, 4_000), publicKey)],
  ]
})

const open = (fs: FaultyFs): FileStore => createFileStore({ fs, folder: '/s', aead, nameKey: () => new Uint8Array(32).fill(3) })

const manifestOf = (version: number) => testManifest('PB-1', version, versions[version - 1] ?? [])

/** Delivers a version as sync does; answers how many chunks had to be fetched. */
async function deliver(store: FileStore, version: number): Promise<number> {
  const files = versions[version - 1] ?? []
  const staging = await store.stage(manifestOf(version))
  let fetched = 0
  for (const file of files)
    for (const chunk of await staging.missing(file.entry)) {
      await staging.write(file.entry, chunk, chunkOf(file, chunk))
      fetched++
    }
  await store.publish(manifestOf(version), headersOf(files), keys)
  return fetched
}

async function expectReadable(store: FileStore, version: number, where: string): Promise<void> {
  for (const file of versions[version - 1] ?? []) {
    const opened = await store.openFile(manifestOf(version), file.entry.id, keys)
    expect(Buffer.from(await opened.read(0, opened.size)).equals(file.plain), where).toBe(true)
  }
}

/** Whatever was published is whole; what was not is refused or whole; delivering again heals everything. */
async function expectSound(disk: Disk, published: number, where: string): Promise<void> {
  const store = open(faultyFs({ disk }))
  for (let version = 1; version <= published; version++) await expectReadable(store, version, where)
  for (let version = published + 1; version <= 2; version++)
    for (const file of versions[version - 1] ?? []) {
      const opened = await store.openFile(manifestOf(version), file.entry.id, keys).catch(error => error)
      if (opened instanceof Error) expect(opened, where).toMatchObject({ code: 'not-here' })
      else expect(Buffer.from(await opened.read(0, opened.size)).equals(file.plain), where).toBe(true)
    }
  for (let version = published + 1; version <= 2; version++) {
    await deliver(store, version)
    await expectReadable(store, version, where)
  }
}

test('power loss after any call: a published version is whole, an unfinished one is refused, and delivery goes on', async () => {
  let published = 0
  const moments: { images: { how: string; disk: Disk }[]; published: number; call: string }[] = []
  const fs = faultyFs({ afterEach: (disk, call) => moments.push({ images: [...crashImages(disk)], published, call }) })
  const store = open(fs)
  for (const version of [1, 2]) {
    await deliver(store, version)
    published = version
    // Before anything else touches the disk: this is when the journal says that the version is there.
    moments.push({ images: [...crashImages(fs.disk)], published, call: 'published' })
  }
  let images = 0
  for (const moment of moments)
    for (const { how, disk } of moment.images) {
      await expectSound(disk, moment.published, `after ${moment.published}, ${moment.call}: ${how}`)
      images++
    }
  expect(images).toBeGreaterThan(100)
}, 120_000)

test('after a stop at any call, no chunk that was acknowledged is fetched again', async () => {
  const clean = faultyFs()
  const all = await deliver(open(clean), 1)
  for (let at = 1; at <= clean.calls(); at++) {
    const fs = faultyFs({ fault: { at, code: 'EIO', times: Number.POSITIVE_INFINITY } })
    let before = 0
    const store = open(fs)
    const files = versions[0] ?? []
    const staging = await store.stage(manifestOf(1)).catch(() => undefined)
    for (const file of files)
      for (const chunk of (await staging?.missing(file.entry).catch(() => [])) ?? [])
        await staging?.write(file.entry, chunk, chunkOf(file, chunk)).then(
          () => before++,
          () => undefined,
        )
    const again = await deliver(open(faultyFs({ disk: fs.disk })), 1)
    expect(before + again, `call ${at}`).toBeLessThanOrEqual(all)
    if (at === clean.calls()) expect(before).toBe(all)
  }
})

const kinds: readonly Omit<Fault, 'at'>[] = [
  { code: 'ENOSPC' },
  { code: 'EDQUOT', short: true },
  { code: 'EIO' },
  { code: 'EIO', landed: true },
]

test.each(kinds)(
  'a failing call ($code) while version 2 arrives leaves version 1 readable',
  async kind => {
    const clean = faultyFs()
    const first = open(clean)
    await deliver(first, 1)
    const start = clean.calls()
    await deliver(first, 2)
    for (let at = start + 1; at <= clean.calls(); at++) {
      const fs = faultyFs({ fault: { ...kind, at } })
      const store = open(fs)
      await deliver(store, 1)
      const failure = await deliver(store, 2).then(
        () => undefined,
        error => error,
      )
      if (kind.code === 'ENOSPC' || kind.code === 'EDQUOT') expect(failure, `call ${at}`).toMatchObject({ code: 'disk-full' })
      await expectReadable(store, 1, `call ${at}`)
      await expectSound(fs.disk, 1, `call ${at}`)
    }
  },
  120_000,
)

test('a disk that is really full says disk-full and keeps the version before', async () => {
  const fs = faultyFs({ capacity: 1_206_000 })
  const store = open(fs)
  await deliver(store, 1)
  await expect(deliver(store, 2)).rejects.toMatchObject({ code: 'disk-full' })
  await expectReadable(store, 1, 'full')
})
