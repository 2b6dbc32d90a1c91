import { spawn } from 'node:child_process'
import { lstat, mkdtemp, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contract } from '#domain/contract.ts'
import { type ProblemCode, sentence } from '#domain/problems.ts'
import { holdInstance } from '../../electron/shell/instance-lock.ts'
import { realCentre } from '../support/real-workstation.ts'
import { spawnShell, startShell, writePort } from './loopback-shell.ts'

let centre: Awaited<ReturnType<typeof realCentre>>
let profile = ''
let enrolment = ''
beforeAll(async () => {
  centre = await realCentre()
  enrolment = JSON.stringify(await centre.enrolmentFile())
})
afterAll(() => centre.remove())
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'shells-'))
})
afterEach(() => rm(profile, { recursive: true, force: true }))

const lock = () => join(profile, 'instance.lock')

async function enrolled(): Promise<number> {
  await writeFile(join(profile, 'enrolment.json'), enrolment)
  return writePort(profile)
}

/** What a start that must fail says: one sentence in each language, and nothing about our insides. */
async function expectRefused(code: ProblemCode, exit: number): Promise<void> {
  const shell = spawnShell(profile)
  expect(await shell.exited).toBe(exit)
  expect(shell.stdout()).toBe('')
  expect(shell.stderr()).toBe(`${sentence(code, 'ja')} / ${sentence(code, 'en')}\n`)
  expect(shell.stderr()).not.toMatch(/\bat .*:\d+|Error|node:|\.[cm]?[jt]s\b/)
  expect(shell.stderr()).not.toContain(profile)
  expect(shell.stderr()).not.toContain(process.cwd())
}

describe('a start that cannot be says why in one sentence and ends with its own number', () => {
  test('the profile is in use', async () => {
    await enrolled()
    const first = await startShell(profile)
    await expectRefused('already-running', 3)
    // The first one did not notice.
    expect((await first.call(contract.session, {})).state).toBe('sign-in')
    await first.stop()
    expect(await lstat(lock()).catch(() => undefined)).toBeUndefined()
  })

  test('another program has the port', async () => {
    const port = await enrolled()
    const other: Server = createServer()
    await new Promise<void>(resolve => other.listen(port, '127.0.0.1', resolve))
    await expectRefused('port-taken', 5)
    await new Promise(resolve => other.close(resolve))
    // What it left behind does not keep the next start away.
    const next = await startShell(profile)
    expect((await next.call(contract.session, {})).state).toBe('sign-in')
    await next.stop()
  })

  test.each([
    ['is not there', undefined],
    ['is cut off', '{"centre": "https://'],
    ['lacks its root keys', '{"centre": "https://localhost:1", "caPem": "x"}'],
  ])('the enrolment file %s', async (_how, text) => {
    if (text !== undefined) await writeFile(join(profile, 'enrolment.json'), text)
    await expectRefused('not-enrolled', 4)
  })
})

describe('the lock of the profile', () => {
  test('a killed shell leaves its lock, and the next start takes it over', async () => {
    await enrolled()
    const killed = await startShell(profile)
    killed.child.kill('SIGKILL')
    expect(await killed.exited).toBe('SIGKILL')
    expect(await readlink(lock())).toMatch(new RegExp(`^${killed.child.pid}\\b`))
    const next = await startShell(profile)
    expect(await readlink(lock())).toMatch(new RegExp(`^${next.child.pid}\\b`))
    await next.stop()
  })

  test('ten starts at once on a dead lock: one runs', async () => {
    await enrolled()
    const dead = spawn(process.execPath, ['-e', ''])
    await new Promise(resolve => dead.once('exit', resolve))
    for (let round = 0; round < 20; round += 1) {
      await symlink(`${dead.pid} ${'0'.repeat(8)}:1`, lock())
      // In one process they share the number; what is tried is the race for the name.
      const held = (await Promise.all(Array.from({ length: 10 }, () => holdInstance(lock())))).filter(it => it !== undefined)
      expect(held.length).toBe(1)
      await held[0]?.()
      // Also when one of them was killed while it took over.
      if (round % 2 === 0) await symlink(`${dead.pid} ${'0'.repeat(8)}:1`, `${lock()}.over`)
    }
  })

  test.runIf(process.platform === 'linux')('a number that another living program has got since does not count', async () => {
    const other = spawn('sleep', ['60'])
    await new Promise(resolve => other.once('spawn', resolve))
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
    const stat = await readFile(`/proc/${other.pid}/stat`, 'utf8')
    const start = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19])
    for (const [mark, free] of [
      [`${other.pid} ${boot}:${start}`, false],
      [`${other.pid} ${boot}:${start - 5}`, true],
      [`${other.pid} 00000000-0000-0000-0000-000000000000:${start}`, true],
      // As an earlier version wrote it: the number alone.
      [`${other.pid}`, false],
      ['rubbish', true],
      ['', true],
      ['0', true],
    ] as const) {
      if (mark === '' || mark === 'rubbish' || mark === `${other.pid}`) await writeFile(lock(), mark)
      else await symlink(mark, lock())
      const release = await holdInstance(lock())
      expect([mark, release !== undefined]).toEqual([mark, free])
      if (release) await release()
      else await rm(lock())
    }
    const ended = new Promise(resolve => other.once('exit', resolve))
    other.kill('SIGKILL')
    await ended
  })

  test('letting go does not take the lock of the one that came after', async () => {
    const release = await holdInstance(lock())
    await rm(lock())
    await symlink('1 someone:else', lock())
    await release?.()
    expect(await readlink(lock())).toBe('1 someone:else')
  })
})
