import { describe, expect, test } from 'vitest'
import { chooseAead, keyPairOf, newKeyPair } from '../aead.ts'
import { Crypt4ghError } from './crypt4gh-error.ts'
import { keptRuns, partsOf } from './edit-list.ts'
import { encryptCrypt4gh } from './encrypt.ts'
import { readHeader, writeHeader } from './header.ts'
import { openCrypt4gh } from './open-crypt4gh.ts'
import { dataKeyPayload, editListPayload, sealPacket } from './packets.ts'
import { bytesAccess } from './random-access.ts'
import { reencryptHeader } from './reencrypt-header.ts'
import { sealSegment, segmentPlain, segmentSealed } from './segments.ts'
import { shake } from './test-vectors.ts'

const engines = await Promise.all([chooseAead({ require: 'wasm' }), chooseAead({ require: 'native' })])

describe.each(engines.map(aead => ({ engine: aead.engine, aead })))('Crypt4GH on $engine', ({ aead }) => {
  const reader = keyPairOf(aead, new Uint8Array(32).fill(11))
  const stranger = keyPairOf(aead, new Uint8Array(32).fill(12))
  const dataKey = new Uint8Array(32).fill(21)
  const otherKey = new Uint8Array(32).fill(22)

  const body = (plain: Uint8Array, keyOf: (segment: number) => Uint8Array = () => dataKey) =>
    Array.from({ length: Math.ceil(plain.length / segmentPlain) }, (_, index) =>
      sealSegment(aead, plain.subarray(index * segmentPlain, (index + 1) * segmentPlain), keyOf(index)),
    )
  const fileOf = (packets: readonly Uint8Array[], segments: readonly Uint8Array[]) =>
    bytesAccess(new Uint8Array(Buffer.concat([writeHeader(packets), ...segments])))
  const packet = (payload: Uint8Array) => sealPacket(aead, payload, reader.publicKey)
  const opened = (packets: readonly Uint8Array[], segments: readonly Uint8Array[] = []) =>
    openCrypt4gh(aead, fileOf(packets, segments), reader.secretKey)
  const plain = shake('unit', 200_000)

  test('pieces of any size are sealed and come back, for each of several recipients and nobody else', async () => {
    for (const size of [0, 1, 65_535, 65_536, 65_537, 200_000]) {
      const pieces: Uint8Array[] = []
      const input = [plain.subarray(0, size >> 1), new Uint8Array(), plain.subarray(size >> 1, size)]
      for await (const piece of encryptCrypt4gh(aead, input, [reader.publicKey, stranger.publicKey])) pieces.push(piece)
      const source = bytesAccess(new Uint8Array(Buffer.concat(pieces)))
      for (const who of [reader, stranger]) {
        const file = await openCrypt4gh(aead, source, who.secretKey)
        expect(Buffer.from(await file.read(0, size + 9)).equals(plain.subarray(0, size))).toBe(true)
      }
      await expect(openCrypt4gh(aead, source, newKeyPair(aead).secretKey)).rejects.toMatchObject({
        code: 'no-packet-for-this-key',
      })
    }
  })

  test('padding after a data key or an edit list is ignored', async () => {
    const padded = (payload: Uint8Array) => packet(new Uint8Array([...payload, ...new Uint8Array(77)]))
    const file = await opened([padded(dataKeyPayload(dataKey)), padded(editListPayload([5, 10]))], body(plain))
    expect(Buffer.from(await file.read(0, 99)).equals(plain.subarray(5, 15))).toBe(true)
  })

  test('several data keys are each tried; packets for others, of unknown methods or too short to be any are skipped', async () => {
    const unknownMethod = new Uint8Array(100).fill(7)
    const packets = [
      sealPacket(aead, dataKeyPayload(otherKey), stranger.publicKey),
      unknownMethod,
      new Uint8Array(4),
      packet(dataKeyPayload(otherKey)),
      packet(dataKeyPayload(dataKey)),
    ]
    const file = await opened(
      packets,
      body(plain, segment => (segment % 2 ? otherKey : dataKey)),
    )
    expect(Buffer.from(await file.read(0, plain.length)).equals(plain)).toBe(true)
  })

  const longType = new Uint8Array(40)
  longType[0] = 9
  const otherMethod = dataKeyPayload(dataKey)
  otherMethod[4] = 1
  const hugeCount = editListPayload([1])
  hugeCount.fill(255, 4, 8)
  const hugeEdit = editListPayload([1])
  hugeEdit.fill(255, 8, 16)
  test.each([
    ['no packets', [], 'no-packet-for-this-key'],
    ['only an edit list', [editListPayload([1])], 'no-packet-for-this-key'],
    ['an unknown packet type', [dataKeyPayload(dataKey), longType], 'bad-packet'],
    ['an unknown data cipher', [dataKeyPayload(dataKey), otherMethod], 'unsupported-method'],
    ['a short data key', [dataKeyPayload(dataKey.subarray(0, 31))], 'bad-packet'],
    ['a packet without content', [new Uint8Array(7)], 'bad-packet'],
    ['two edit lists', [dataKeyPayload(dataKey), editListPayload([1]), editListPayload([1])], 'bad-edit-list'],
    ['an edit list shorter than it says', [dataKeyPayload(dataKey), hugeCount], 'bad-edit-list'],
    ['an edit above 2^53-1', [dataKeyPayload(dataKey), hugeEdit], 'bad-edit-list'],
  ] as const)('%s is refused', async (_, payloads, code) => {
    await expect(opened(payloads.map(packet), body(plain))).rejects.toMatchObject({ code })
  })

  test('a header is bounded before anything is allocated for it', async () => {
    const head = (count: number, length: number) => {
      const bytes = Buffer.alloc(20)
      bytes.write('crypt4gh', 0, 'latin1')
      bytes.writeUInt32LE(1, 8)
      bytes.writeUInt32LE(count, 12)
      bytes.writeUInt32LE(length, 16)
      return new Uint8Array(bytes)
    }
    const asked: number[] = []
    const watched = (bytes: Uint8Array) => ({
      size: async () => bytes.length,
      read: (position: number, length: number) => {
        asked.push(length)
        return bytesAccess(bytes).read(position, length)
      },
    })
    for (const [count, length, code] of [
      [1, 0xffff_ffff, 'header-too-large'],
      [1, 65_537, 'header-too-large'],
      [0xffff_ffff, 108, 'header-too-large'],
      [1, 0, 'bad-packet'],
      [1, 7, 'bad-packet'],
      [1, 108, 'header-truncated'],
    ] as const)
      await expect(readHeader(watched(head(count, length)))).rejects.toMatchObject({ code })
    expect(Math.max(...asked)).toBeLessThan(65_536)
  })

  test('a file cut in its header, or within the nonce and seal of a segment, is refused at opening', async () => {
    const bytes = await fileOf([packet(dataKeyPayload(dataKey))], body(plain)).read(0, 1e9)
    const codes = new Set<string>()
    for (let length = 0; length < 125; length++)
      await openCrypt4gh(aead, bytesAccess(bytes.subarray(0, length)), reader.secretKey).then(
        file => expect([length, file.plainSize]).toEqual([124, 0]),
        error => codes.add(error.code),
      )
    expect([...codes].sort()).toEqual(['header-truncated', 'not-crypt4gh'])
    const stub = bytes.subarray(0, 124 + segmentSealed + 27)
    await expect(openCrypt4gh(aead, bytesAccess(stub), reader.secretKey)).rejects.toMatchObject({ code: 'file-truncated' })
  })

  test('a range outside the file is refused rather than shortened when it is streamed', async () => {
    const file = await opened([packet(dataKeyPayload(dataKey))], body(plain))
    for (const [start, end] of [
      [0, 200_001],
      [5, 4],
      [-1, 4],
      [0.5, 4],
      [Number.NaN, 4],
    ] as const)
      await expect(file.check(start, end)).rejects.toMatchObject({ code: 'range-outside-file' })
  })

  test('a re-headed file opens for the new reader only, and its body is untouched', async () => {
    const bytes = await fileOf([packet(dataKeyPayload(dataKey)), packet(editListPayload([70_000, 100]))], body(plain)).read(
      0,
      1e9,
    )
    const header = await readHeader(bytesAccess(bytes))
    const again = Buffer.concat([
      reencryptHeader(aead, header, reader.secretKey, [stranger.publicKey]),
      bytes.subarray(header.length),
    ])
    const file = await openCrypt4gh(aead, bytesAccess(new Uint8Array(again)), stranger.secretKey)
    expect(Buffer.from(await file.read(0, 200)).equals(plain.subarray(70_000, 70_100))).toBe(true)
    await expect(openCrypt4gh(aead, bytesAccess(new Uint8Array(again)), reader.secretKey)).rejects.toBeInstanceOf(Crypt4ghError)
    expect(() => reencryptHeader(aead, header, stranger.secretKey, [reader.publicKey])).toThrow(
      expect.objectContaining({ code: 'no-packet-for-this-key' }),
    )
    const both = reencryptHeader(aead, header, reader.secretKey, [stranger.publicKey], { keepOthers: true })
    expect((await readHeader(bytesAccess(both))).packets).toHaveLength(2)
  })

  const rounds = aead.engine === 'native' ? 20_000 : 2_000
  test(`${rounds} changed files: never another byte than the true ones, never an untyped error`, async () => {
    const small = plain.subarray(0, 700)
    const bytes = await fileOf([packet(dataKeyPayload(dataKey)), packet(editListPayload([3, 100, 50, 200]))], body(small)).read(
      0,
      1e9,
    )
    const truth = Buffer.concat([small.subarray(3, 103), small.subarray(153, 353)])
    let state = 5
    const next = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
    const seen = { refused: 0, read: 0 }
    for (let round = 0; round < rounds; round++) {
      const at = next(bytes.length)
      const changed = next(5) === 0 ? bytes.slice(0, at) : Uint8Array.from(bytes)
      if (changed.length > at) changed[at] = (changed[at] ?? 0) ^ (1 + next(255))
      try {
        const file = await openCrypt4gh(aead, bytesAccess(changed), reader.secretKey)
        const read = Buffer.from(await file.read(0, file.plainSize))
        // Without the edit-list packet, which anybody may remove, the whole plain text is what is there; a cut file has less.
        const whole = [truth, Buffer.from(small)].some(text => text.subarray(0, read.length).equals(read))
        expect({ round, whole }).toEqual({ round, whole: true })
        seen.read++
      } catch (error) {
        if (!(error instanceof Crypt4ghError)) throw error
        seen.refused++
      }
    }
    expect(seen.refused).toBeGreaterThan(rounds * 0.75)
  }, 60_000)
})

test('the edit list of the specification keeps what its text says', () => {
  // crypt4gh.tex, "Example": header, chromosome II and end-of-file block of a CRAM.
  const runs = keptRuns([0, 7853, 71_721, 307_929, 51_299, 38], 439_000)
  expect(runs.map(({ start, end }) => [start, end])).toEqual([
    [0, 7_853],
    [79_574, 387_503],
    [438_802, 438_840],
  ])
  expect([...partsOf(runs, 7_850, 7_856)]).toEqual([
    { start: 7_850, end: 7_853 },
    { start: 79_574, end: 79_577 },
  ])
})

test.each([
  [[], [[0, 100]]],
  [[10], [[10, 100]]],
  [[0, 0, 5], [[5, 100]]],
  [
    [10, 5, 0, 5],
    [
      [10, 15],
      [15, 20],
    ],
  ],
  [[90, 50, 1, 1], [[90, 100]]],
  [[2 ** 53 - 1, 2 ** 53 - 1, 2 ** 53 - 1], []],
])('edit list %j of 100 bytes keeps %j', (edits, kept) => {
  expect(keptRuns(edits, 100).map(({ start, end }) => [start, end])).toEqual(kept)
})
