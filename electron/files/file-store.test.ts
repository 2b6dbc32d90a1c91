import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nodeFs } from '../journal/node-fs.ts'
import { type Aead, chooseAead, keyPairOf } from '../vault/aead.ts'
import { readHeader, writeHeader } from '../vault/crypt4gh/header.ts'
import { editListPayload, sealPacket } from '../vault/crypt4gh/packets.ts'
import { bytesAccess } from '../vault/crypt4gh/random-access.ts'
import { shake, vectorBytes, vectors } from '../vault/crypt4gh/test-vectors.ts'
import { createFileStore, type FileStore } from './file-store.ts'
import { chunkOf, headersOf, type TestFile, takenApart, testFile, testManifest } from './test-package.ts'

const nameKey = () => new Uint8Array(32).fill(5)
const caseKeys = (seed: number) => ({ secretKey: new Uint8Array(32).fill(seed), key: new Uint8Array(32).fill(seed + 100) })
const keys = caseKeys(1)

let aead: Aead
let folder = ''
beforeAll(async () => {
  aead = await chooseAead()
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const aStore = (more: { workerPath?: string; cacheBytes?: number; aead?: Aead } = {}): FileStore =>
  createFileStore({ fs: nodeFs(), folder, aead, nameKey, ...more })

const forCase = (id: string, plain: Uint8Array) => testFile(aead, id, plain, keyPairOf(aead, keys.secretKey).publicKey)

async function deliver(store: FileStore, version: number, files: readonly TestFile[], caseId = 'PB-1'): Promise<void> {
  const manifest = testManifest(caseId, version, files)
  const staging = await store.stage(manifest)
  for (const file of files)
    for (const chunk of await staging.missing(file.entry)) await staging.write(file.entry, chunk, chunkOf(file, chunk))
  await store.publish(manifest, headersOf(files), keys)
}

const opened = (store: FileStore, version: number, files: readonly TestFile[], id: string, with_ = keys) =>
  store.openFile(testManifest('PB-1', version, files), id, with_)

/** Every path under the store, names only. */
const inStore = () => readdirSync(folder, { recursive: true }).map(String)
const bodyPath = (version: number) =>
  join(folder, inStore().find(path => path.includes(`v${version}/`) && path.endsWith('.body')) ?? '')

test('a delivered file reads as its plain bytes, at any range', async () => {
  const store = aStore()
  const plain = shake('reads', 2_500_000)
  const files = [
    await forCase('tumour.bam', plain),
    await forCase('tumour.bam.bai', shake('index', 900)),
    await forCase('empty', new Uint8Array()),
  ]
  await deliver(store, 1, files)
  const file = await opened(store, 1, files, 'tumour.bam')
  expect(file.size).toBe(plain.length)
  for (const [start, end] of [
    [0, 1],
    [65_535, 65_537],
    [1_048_570, 1_048_580],
    [2_400_000, 2_500_000],
    [0, plain.length],
    [2_499_999, 9_999_999],
  ])
    expect(Buffer.from(await file.read(start!, end!)).equals(plain.subarray(start, end))).toBe(true)
  expect((await opened(store, 1, files, 'empty')).size).toBe(0)
  await expect(file.read(plain.length + 1, plain.length + 2)).rejects.toMatchObject({ code: 'bad-request' })
  await expect(opened(store, 1, files, 'absent')).rejects.toMatchObject({ code: 'not-found' })
  await expect(opened(store, 2, files, 'tumour.bam')).rejects.toMatchObject({ code: 'not-here' })
})

test('neither plain bytes nor ids of cases and files appear on disk', async () => {
  const store = aStore()
  const marker = Buffer.from('MARKER-CHR7-55181378'.repeat(5_000))
  const files = [await forCase('tumour.bam', new Uint8Array(marker))]
  await deliver(store, 1, files)
  await (await opened(store, 1, files, 'tumour.bam')).read(0, 1000)
  const paths = inStore()
  expect(paths.filter(path => /PB-1|tumour/.test(path))).toEqual([])
  for (const path of paths)
    if (statSync(join(folder, path)).isFile()) expect(readFileSync(join(folder, path)).includes('MARKER')).toBe(false)
})

test('hostile ids stay inside the store', async () => {
  const store = aStore()
  for (const id of ['../../../escape', '..\\x', '/etc/x', 'CON', 'a\u202egpj.exe', '\0', 'x'.repeat(4096), '-rf', '%2e%2e']) {
    const files = [await forCase(id, shake('x', 10))]
    const manifest = testManifest(id, 1, files)
    const staging = await store.stage(manifest)
    await staging.write(files[0]!.entry, 0, chunkOf(files[0]!, 0))
    await store.publish(manifest, headersOf(files), keys)
    expect((await store.openFile(manifest, id, keys)).size).toBe(10)
  }
  expect(inStore().every(path => /^[0-9a-f]{40}(\/v1(\/[0-9a-f]{40,64}\.(body|header))?)?$/.test(path))).toBe(true)
  expect(readdirSync(folder)).toHaveLength(9)
})

test('a wrong chunk never counts: one bit, too long, too short, another chunk', async () => {
  const store = aStore()
  const files = [await forCase('a', shake('a', 2_200_000))]
  const file = files[0]!
  const staging = await store.stage(testManifest('PB-1', 1, files))
  const right = chunkOf(file, 0)
  const bit = right.slice()
  bit[777_777] = (bit[777_777] ?? 0) ^ 4
  for (const wrong of [bit, right.subarray(1), new Uint8Array([...right, 0]), chunkOf(file, 1), new Uint8Array()])
    await expect(staging.write(file.entry, 0, wrong)).rejects.toMatchObject({ code: 'file-damaged' })
  expect(await staging.missing(file.entry)).toEqual([0, 1, 2])
  await expect(store.publish(testManifest('PB-1', 1, files), headersOf(files), keys)).rejects.toMatchObject({ code: 'not-here' })
})

test('after a restart only the missing chunks are asked for', async () => {
  const files = [await forCase('a', shake('a', 4_300_000))]
  const manifest = testManifest('PB-1', 1, files)
  const first = await aStore().stage(manifest)
  await Promise.all([3, 0].map(chunk => first.write(files[0]!.entry, chunk, chunkOf(files[0]!, chunk))))
  const again = await aStore().stage(manifest)
  expect(await again.missing(files[0]!.entry)).toEqual([1, 2, 4])
  const store = aStore()
  await deliver(store, 1, files)
  expect(Buffer.from(await (await opened(store, 1, files, 'a')).read(0, 4_300_000)).equals(files[0]!.plain)).toBe(true)
})

test('an unchanged file of the next version is linked, not fetched, and the old version stays readable meanwhile', async () => {
  const store = aStore()
  const reads = await forCase('reads', shake('reads', 1_500_000))
  const old = [reads, await forCase('calls', shake('old', 1_000))]
  const next = [reads, await forCase('calls', shake('new', 1_200))]
  await deliver(store, 1, old)
  const before = await opened(store, 1, old, 'calls')
  const staging = await store.stage(testManifest('PB-1', 2, next))
  expect(await staging.missing(reads.entry)).toEqual([])
  expect(await staging.missing(next[1]!.entry)).toEqual([0])
  await deliver(store, 2, next)
  expect(statSync(join(folder, inStore().find(path => path.endsWith(`v2/${reads.entry.bodySha256}.body`)) ?? '')).nlink).toBe(2)
  await store.keepOnly(new Map([['PB-1', 2]]))
  expect(Buffer.from(await before.read(0, 1_000)).equals(old[1]!.plain)).toBe(true)
  expect(Buffer.from(await (await opened(store, 2, next, 'calls')).read(0, 1_200)).equals(next[1]!.plain)).toBe(true)
  await expect(opened(store, 1, old, 'calls')).rejects.toMatchObject({ code: 'not-here' })
})

test('publishing again after a crash between rename and record changes nothing', async () => {
  const store = aStore()
  const files = [await forCase('a', shake('a', 100_000))]
  await deliver(store, 1, files)
  await deliver(store, 1, files)
  await store.keepOnly(new Map([['PB-1', 1]]))
  expect(inStore().filter(path => path.includes('staging'))).toEqual([])
  expect((await opened(store, 1, files, 'a')).size).toBe(100_000)
})

describe('a changed store is found at the first read', () => {
  const changes: readonly [string, (bytes: Buffer, other: Buffer) => Buffer][] = [
    [
      'two segments swapped',
      bytes => Buffer.concat([bytes.subarray(65_564, 131_128), bytes.subarray(0, 65_564), bytes.subarray(131_128)]),
    ],
    ['a bit', bytes => Buffer.from(bytes.map((byte, index) => (index === 70_000 ? byte ^ 1 : byte)))],
    ['the body of another file for the same key', (_, other) => other],
    ['cut at a segment', bytes => bytes.subarray(0, 65_564)],
    ['longer', bytes => Buffer.concat([bytes, bytes.subarray(0, 65_564)])],
  ]
  test.each(changes)('%s', async (_, change) => {
    const files = [await forCase('a', shake('a', 300_000))]
    await deliver(aStore(), 1, files)
    const other = await forCase('b', shake('b', 300_000))
    writeFileSync(bodyPath(1), change(readFileSync(bodyPath(1)), Buffer.from(other.body)))
    const store = aStore()
    const reading = opened(store, 1, files, 'a').then(file => file.read(0, 10))
    await expect(reading).rejects.toMatchObject({ code: 'file-damaged' })
  })
})

test('a header with an added edit list, or of another case, is refused', async () => {
  const store = aStore()
  const files = [await forCase('a', shake('a', 300_000))]
  await deliver(store, 1, files)
  const path = join(folder, inStore().find(name => name.endsWith('.header')) ?? '')
  const stored = readFileSync(path)
  const header = await readHeader(bytesAccess(new Uint8Array(stored.subarray(32))))
  // Anybody may add this packet: the public key of the case is enough.
  const hide = sealPacket(aead, editListPayload([10, 299_990]), keyPairOf(aead, keys.secretKey).publicKey)
  writeFileSync(path, Buffer.concat([stored.subarray(0, 32), writeHeader([...header.packets, hide])]))
  await expect(opened(store, 1, files, 'a')).rejects.toMatchObject({ code: 'file-damaged' })
  writeFileSync(path, stored)
  await expect(opened(store, 1, files, 'a', caseKeys(2))).rejects.toMatchObject({ code: 'file-damaged' })
  expect((await opened(store, 1, files, 'a')).size).toBe(300_000)
})

test('a header for another key, an absent one, or a false size stops publishing and leaves the version before readable', async () => {
  const store = aStore()
  const old = [await forCase('a', shake('old', 5_000))]
  await deliver(store, 1, old)
  const stranger = await testFile(aead, 'a', shake('new', 6_000), keyPairOf(aead, caseKeys(9).secretKey).publicKey)
  const lying = await forCase('a', shake('new', 6_000))
  const lie: TestFile = { ...lying, entry: { ...lying.entry, plainSize: 5_999 } }
  await expect(deliver(store, 2, [stranger])).rejects.toMatchObject({ code: 'key-does-not-fit' })
  await expect(deliver(store, 3, [lie])).rejects.toMatchObject({ code: 'file-damaged' })
  const manifest = testManifest('PB-1', 4, [lying])
  await expect(store.publish(manifest, new Map(), keys)).rejects.toMatchObject({ code: 'key-does-not-fit' })
  expect((await opened(store, 1, old, 'a')).size).toBe(5_000)
})

test('locking closes open files, and removing a case removes all of it', async () => {
  const store = aStore()
  const files = [await forCase('a', shake('a', 300_000))]
  await deliver(store, 1, files)
  const file = await opened(store, 1, files, 'a')
  await file.read(0, 10)
  const late = expect(file.read(200_000, 200_010)).rejects.toMatchObject({ code: 'locked' })
  await store.lock()
  await late
  await expect(file.read(0, 10)).rejects.toMatchObject({ code: 'locked' })
  expect(await store.usage()).toMatchObject({ cases: 1 })
  await store.remove('PB-1')
  expect([await store.usage(), inStore()]).toEqual([{ bytes: 0, cases: 0 }, []])
})

test('10,000 random ranges equal the plain file with a cache far smaller than the file', async () => {
  const store = aStore({ cacheBytes: 5 * 65_536 })
  const plain = shake('big', 3_000_001)
  const files = [await forCase('a', plain)]
  await deliver(store, 1, files)
  const file = await opened(store, 1, files, 'a')
  let state = 11
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const ranges = Array.from({ length: 10_000 }, () => next(plain.length)).map(start => ({ start, end: start + next(30_000) }))
  for (let at = 0; at < ranges.length; at += 4)
    await Promise.all(
      ranges.slice(at, at + 4).map(async ({ start, end }) => {
        const bytes = await file.read(start, end)
        if (!Buffer.from(bytes).equals(plain.subarray(start, end))) throw new Error(`${start}-${end} differs`)
      }),
    )
}, 120_000)

describe.skipIf(!vectors)('vectors that only the manifest tells from good ones (../shared/vectors)', () => {
  test.each(['segments_swapped', 'forged_by_anyone'])('%s is refused on the way in and on disk', async name => {
    const good = await takenApart('p', vectorBytes('ok/p458752.reencrypted_to_bob.c4gh'), shake('p458752', 458_752))
    const bad = await takenApart('p', vectorBytes(`bad/${name}.c4gh`), shake('p458752', 458_752))
    const staging = await aStore().stage(testManifest('PB-1', 1, [good]))
    await expect(staging.write(good.entry, 0, bad.body)).rejects.toMatchObject({ code: 'file-damaged' })
    expect(await staging.missing(good.entry)).toEqual([0])
  })
})

describe('in a worker, from the built file', () => {
  const out = mkdtempSync(join(tmpdir(), 'worker-'))
  const workerPath = join(out, 'segment-worker.cjs')
  beforeAll(async () => {
    await build({
      root: fileURLToPath(new URL('../../', import.meta.url)),
      configFile: false,
      logLevel: 'silent',
      ssr: { noExternal: true },
      build: {
        ssr: 'electron/files/segment-worker.ts',
        outDir: out,
        target: 'node18',
        rolldownOptions: {
          external: ['sodium-native'],
          output: { format: 'cjs', entryFileNames: 'segment-worker.cjs', codeSplitting: false },
        },
      },
    })
  })
  afterAll(() => {
    rmSync(out, { recursive: true })
  })

  test('the same bytes arrive, many reads at once, and damage is found there too', async () => {
    const store = aStore({ workerPath, cacheBytes: 1 << 20 })
    const plain = shake('big', 4_000_000)
    const files = [await forCase('a', plain)]
    await deliver(store, 1, files)
    const file = await opened(store, 1, files, 'a')
    const starts = Array.from({ length: 60 }, (_, index) => index * 66_000)
    const read = await Promise.all(starts.map(start => file.read(start, start + 70_000)))
    read.forEach((bytes, index) => {
      expect(Buffer.from(bytes).equals(plain.subarray(starts[index], starts[index]! + 70_000))).toBe(true)
    })
    await store.lock()
    const path = bodyPath(1)
    const bent = readFileSync(path)
    bent[2_000_000] = bent[2_000_000]! ^ 1
    writeFileSync(path, bent)
    const again = await opened(store, 1, files, 'a')
    expect((await again.read(0, 10)).length).toBe(10)
    await expect(again.read(1_100_000, 1_100_010)).rejects.toMatchObject({ code: 'file-damaged' })
    await store.lock()
  })
})
