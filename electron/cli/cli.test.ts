import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasSecretKey, sha256, vectorBytes, vectorFolder, vectorPassphrase, vectors } from '../vault/crypt4gh/test-vectors.ts'

const launcher = fileURLToPath(new URL('../launch/cli.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'cli-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

interface Ran {
  readonly exit: number | null
  readonly stdout: Buffer
  readonly stderr: string
}

function cli(args: readonly string[], passphrase?: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const { C4GH_PASSPHRASE: _, ...env } = process.env
    const child = spawn(process.execPath, [launcher, ...args], {
      env: passphrase === undefined ? env : { ...env, C4GH_PASSPHRASE: passphrase },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', piece => out.push(piece))
    child.stderr.on('data', piece => err.push(piece))
    child.on('error', reject)
    child.on('close', exit => resolve({ exit, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString() }))
  })
}

/** Two at a time: a process a file is slow, more than the cores is slower. */
async function eachOfTwo<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items]
  const work = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await act(item)
  }
  await Promise.all([work(), work()])
}

const oneSentence = /^[^\n]{10,300}\n$/

beforeAll(async () => {
  // The first run builds; the measured ones do not.
  expect((await cli(['help'])).exit).toBe(0)
}, 120_000)

describe.skipIf(!vectors).each(['wasm', 'native'])(
  'vectors of the reference (../shared/vectors) by command line on %s',
  engine => {
    const decrypt = (file: string, reader: string, more: readonly string[] = []) =>
      cli(
        [
          'crypt4gh',
          'decrypt',
          '--engine',
          engine,
          '--key',
          `${vectorFolder}keys/${reader}.sec`,
          '--in',
          vectorFolder + file,
          ...more,
        ],
        vectorPassphrase(reader),
      )
    const good = vectors?.ok ?? []

    test('good files give the plain bytes, whole and by range', async () => {
      const runs = good.flatMap(vector => vector.readers.map(reader => ({ vector, reader })))
      await eachOfTwo(runs, async ({ vector, reader }) => {
        const whole = await decrypt(vector.file, reader)
        expect({ file: vector.file, exit: whole.exit, stderr: whole.stderr, sha256: sha256(whole.stdout) }).toEqual({
          file: vector.file,
          exit: 0,
          stderr: '',
          sha256: vector.plain_sha256,
        })
        // The ranges at both ends by their own process, all others from the whole.
        for (const range of vector.ranges) expect(sha256(whole.stdout.subarray(range.start, range.end))).toBe(range.sha256)
        for (const range of vector.ranges.slice(2, 4)) {
          const part = await decrypt(vector.file, reader, ['--range', `${range.start}-${range.end}`])
          expect(sha256(part.stdout)).toBe(range.sha256)
        }
      })
    }, 60_000)

    test('strangers, bad files and damaged segments give no byte, one sentence and exit code 2', async () => {
      const strangers = good.flatMap(vector =>
        vector.not_readers.filter(hasSecretKey).map(reader => ({ file: vector.file, reader })),
      )
      const refused = (vectors?.bad ?? []).filter(vector => vector.expect !== 'reject_by_manifest')
      await eachOfTwo([...strangers, ...refused], async ({ file, reader }) => {
        const ran = await decrypt(file, reader)
        expect({ file, exit: ran.exit, bytes: ran.stdout.length }).toEqual({ file, exit: 2, bytes: 0 })
        expect(ran.stderr).toMatch(oneSentence)
      })
    }, 60_000)
  },
)

test.runIf(vectors)('a damaged segment does not keep others from being read', async () => {
  const args = ['crypt4gh', 'decrypt', '--key', `${vectorFolder}keys/alice.sec`, '--in', `${vectorFolder}bad/segment0_flip.c4gh`]
  expect((await cli([...args, '--range', '65535-65540'])).exit).toBe(2)
  const elsewhere = await cli([...args, '--range', '65536-65540'])
  expect([elsewhere.exit, elsewhere.stdout.length]).toEqual([0, 4])
})

test.runIf(vectors)('what is encrypted for alice opens for alice, and the passphrase of bob must be right', async () => {
  const plain = vectorBytes('plain/synthetic.bam')
  const sealed = await cli([
    'crypt4gh',
    'encrypt',
    '--recipient',
    `${vectorFolder}keys/alice.pub`,
    '--in',
    `${vectorFolder}plain/synthetic.bam`,
  ])
  const path = join(folder, 'sealed.c4gh')
  writeFileSync(path, sealed.stdout)
  const opened = await cli(['crypt4gh', 'decrypt', '--key', `${vectorFolder}keys/alice.sec`, '--in', path])
  expect(opened.stdout.equals(plain)).toBe(true)
  const forBob = [
    'crypt4gh',
    'decrypt',
    '--key',
    `${vectorFolder}keys/bob.sec`,
    '--in',
    `${vectorFolder}ok/p458752.reencrypted_to_bob.c4gh`,
  ]
  expect(await cli(forBob, 'not it')).toMatchObject({ exit: 2, stderr: 'the passphrase does not open the secret key\n' })
  expect(await cli(forBob)).toMatchObject({ exit: 2, stderr: 'the secret key is locked: set C4GH_PASSPHRASE\n' })
})

test('input that cannot be used is one sentence and exit code 2', async () => {
  const wrong = [
    ['nonsense'],
    ['crypt4gh'],
    ['crypt4gh', 'decrypt'],
    ['crypt4gh', 'decrypt', '--key', join(folder, 'absent'), '--in', launcher],
    ['crypt4gh', 'decrypt', '--key', launcher, '--in', launcher],
    ['crypt4gh', 'decrypt', '--key', launcher, '--in', launcher, '--range', '9-3'],
    ['crypt4gh', 'encrypt', '--recipient', launcher, '--in', launcher],
    ['crypt4gh', 'decrypt', '--what', 'x'],
    ['verify', launcher],
    ['verify', folder],
    ['constructor'],
  ]
  await eachOfTwo(wrong, async args => {
    const ran = await cli(args)
    expect({ args, exit: ran.exit, bytes: ran.stdout.length }).toEqual({ args, exit: 2, bytes: 0 })
    expect(ran.stderr).toMatch(oneSentence)
  })
})
