import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { chooseAead } from '../aead.ts'
import { Crypt4ghError } from './crypt4gh-error.ts'
import { readSecretKey } from './key-file.ts'
import { openCrypt4gh } from './open-crypt4gh.ts'
import { bytesAccess } from './random-access.ts'
import { bodyShape, segmentPlain } from './segments.ts'
import { hasSecretKey, sha256, vectorBytes, vectorFolder, vectorPassphrase, vectors } from './test-vectors.ts'

const withinMs = 1_000

describe.skipIf(!vectors).each(['wasm', 'native'] as const)('vectors of the reference (../shared/vectors) on %s', engine => {
  const keyOf = async (name: string) => {
    const aead = await chooseAead({ require: engine })
    const text = readFileSync(`${vectorFolder}keys/${name}.sec`, 'utf8')
    return { aead, secret: await readSecretKey(aead, text, async () => vectorPassphrase(name)) }
  }

  const good = vectors?.ok ?? []
  test.each(good.flatMap(vector => vector.readers.map(reader => ({ ...vector, reader }))))(
    '$reader opens $file',
    async vector => {
      const { aead, secret } = await keyOf(vector.reader)
      const started = performance.now()
      const file = await openCrypt4gh(aead, bytesAccess(vectorBytes(vector.file)), secret)
      const whole = await file.read(0, file.plainSize)
      expect({ size: whole.length, sha256: sha256(whole) }).toEqual({ size: vector.plain_size, sha256: vector.plain_sha256 })
      for (const range of vector.ranges) expect(sha256(await file.read(range.start, range.end - range.start))).toBe(range.sha256)
      expect(performance.now() - started).toBeLessThan(withinMs)
    },
  )

  const strangers = good.flatMap(vector => vector.not_readers.filter(hasSecretKey).map(reader => ({ ...vector, reader })))
  test.each(strangers)('$reader cannot open $file', async vector => {
    const { aead, secret } = await keyOf(vector.reader)
    await expect(openCrypt4gh(aead, bytesAccess(vectorBytes(vector.file)), secret)).rejects.toMatchObject({
      code: 'no-packet-for-this-key',
    })
  })

  const bad = vectors?.bad ?? []
  test.each(bad.filter(vector => vector.expect === 'reject'))('$file is refused at opening', async vector => {
    const { aead, secret } = await keyOf(vector.reader)
    const started = performance.now()
    await expect(openCrypt4gh(aead, bytesAccess(vectorBytes(vector.file)), secret)).rejects.toBeInstanceOf(Crypt4ghError)
    expect(performance.now() - started).toBeLessThan(withinMs)
  })

  test.each(bad.filter(vector => vector.expect === 'reject_range'))(
    '$file gives out no byte of a damaged segment',
    async vector => {
      const { aead, secret } = await keyOf(vector.reader)
      const bytes = vectorBytes(vector.file)
      const file = await openCrypt4gh(aead, bytesAccess(bytes), secret)
      const count = bodyShape(bytes.length - 124).segments
      const damaged: number[] = []
      for (let segment = 0; segment < count; segment++) {
        const start = segment * segmentPlain
        const end = Math.min(start + segmentPlain, file.plainSize)
        const failure = await file.read(start, end - start).then(
          () => undefined,
          (error: unknown) => error,
        )
        if (!failure) continue
        damaged.push(segment)
        expect(failure).toBeInstanceOf(Crypt4ghError)
        await expect(file.read(start, 1)).rejects.toBeInstanceOf(Crypt4ghError)
        await expect(file.read(end - 1, 1)).rejects.toBeInstanceOf(Crypt4ghError)
        await expect(file.check(0, file.plainSize)).rejects.toBeInstanceOf(Crypt4ghError)
      }
      expect(damaged).toHaveLength(1)
      const given: Uint8Array[] = []
      const stream = async () => {
        for await (const piece of file.stream((damaged[0] ?? 0) * segmentPlain, file.plainSize)) given.push(piece)
      }
      await expect(stream()).rejects.toBeInstanceOf(Crypt4ghError)
      expect(given).toEqual([])
    },
  )
})

test.runIf(!vectors)('skipped: ../shared/vectors/crypt4gh is not here', () => {
  expect(vectors).toBeUndefined()
})
