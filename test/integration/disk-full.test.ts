import { spawnSync } from 'node:child_process'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ActView } from '#domain/act.ts'
import { contract } from '#domain/contract.ts'
import { writeTinyCase } from '../../fixtures/data-centre/testing/tiny-case.ts'
import { type Refused, realCentre } from '../support/real-workstation.ts'
import { joinedProfile, type RunningShell, startShell } from './loopback-shell.ts'

/** A real disk of 8 MB: whether the reserve is really there, only a real file system knows. */
let disk = ''
let whyNot = ''
let centre: Awaited<ReturnType<typeof realCentre>>
let shell: RunningShell
let cases = ''

beforeAll(async () => {
  disk = await mkdtemp(join(tmpdir(), 'small-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk], { encoding: 'utf8' })
  if (mounted.status !== 0) {
    whyNot = `a small disk cannot be mounted here: ${(mounted.stderr ?? mounted.error?.message ?? '').trim()}`
    return
  }
  cases = await mkdtemp(join(tmpdir(), 'cases-'))
  centre = await realCentre()
  await centre.add(await writeTinyCase(join(cases, 'a'), 'TINY-1', 'reads 1'))
  await joinedProfile(centre, disk)
  shell = await startShell(disk)
  await shell.unlock()
  await hasVersion(1)
})
afterAll(async () => {
  await shell?.stop()
  await centre?.remove()
  if (disk && !whyNot) spawnSync('umount', [disk])
  for (const folder of [disk, cases]) if (folder) await rm(folder, { recursive: true, force: true })
})

const entry = async () => (await shell.call(contract.cases, {})).cases.find(it => it.id === 'TINY-1')
const hasVersion = (version: number) => shell.until(async () => (await entry())?.version === version)
const acts = async () => (await shell.call(contract.case, { caseId: 'TINY-1' })).acts

const record = (text: string): Promise<ActView> =>
  shell.call(contract.recordAct, { caseId: 'TINY-1', base: 0, manifestVersion: 1, payload: { type: 'comment.added', text } })

/** Takes every byte that is left, to the last page. */
async function fill(): Promise<number> {
  const file = await open(join(disk, 'other-program'), 'a')
  let bytes = 0
  try {
    for (let piece = 1 << 20; piece >= 1; )
      try {
        bytes += (await file.write(Buffer.alloc(piece, 1))).bytesWritten
      } catch (failure) {
        if ((failure as NodeJS.ErrnoException).code !== 'ENOSPC') throw failure
        piece >>= 1
      }
  } finally {
    await file.close()
  }
  return bytes
}

async function expectReadable(letter: string): Promise<void> {
  for (const at of [0, 1_500_000, 3_299_000]) {
    const answer = await shell.raw('GET', '/api/cases/TINY-1/files/reads.bam', undefined, { range: `bytes=${at}-${at + 999}` })
    expect(answer.status).toBe(206)
    const expected = Buffer.alloc(at + 1000, `reads ${letter}`).subarray(at)
    expect(answer.bytes.equals(expected)).toBe(true)
  }
}

test('a full disk: the reserve records what is decided, then it is refused by name, and all goes on when there is space', async context => {
  if (whyNot) context.skip(whyNot)
  await shell.call(contract.setNetwork, { on: false })
  const told = [(await record('with space')).header.id]
  expect(await fill()).toBeGreaterThan(1_000_000)

  // Decisions of a usual size go on record while the reserve lasts.
  const refused: Refused[] = []
  let many = 0
  while (refused.length === 0 && many < 1_000) {
    many += 1
    await record(`${many} ${'判'.repeat(3_900)}`).then(
      act => told.push(act.header.id),
      (failure: Refused) => refused.push(failure),
    )
  }
  const reserved = told.length - 1
  expect(reserved).toBeGreaterThan(20)
  for (let again = 0; again < 3; again += 1)
    await record(`again ${again} ${'判'.repeat(3_900)}`).catch((failure: Refused) => refused.push(failure))
  expect(refused.map(it => it.code)).toEqual(['disk-full', 'disk-full', 'disk-full', 'disk-full'])

  // What was refused is nowhere, what was recorded is.
  expect((await acts()).map(act => act.header.id)).toEqual(told)
  await expectReadable('1')

  // A new version has no room: said on the case, and the one before stays in use.
  await centre.add(await writeTinyCase(join(cases, 'a'), 'TINY-1', 'reads 2'))
  await shell.call(contract.setNetwork, { on: true })
  await shell.until(async () => {
    const sync = await shell.call(contract.sync, {})
    return sync.problem === 'disk-full' || sync.cases.some(it => it.problem === 'disk-full')
  })
  expect((await entry())?.version).toBe(1)
  await expectReadable('1')

  // Space again: recording, sending and fetching go on by themselves.
  await rm(join(disk, 'other-program'))
  told.push((await record('space again')).header.id)
  await shell.until(async () => (await acts()).every(act => act.state === 'accepted'), 40_000)
  await hasVersion(2)
  await expectReadable('2')
  expect((await acts()).map(act => act.header.id)).toEqual(told)
  expect((await acts()).map(act => act.header.deviceSeq)).toEqual(told.map((_, index) => index + 1))
  const applied = (await centre.ledger()).effects.filter(it => it.kind === 'act')
  expect(applied.map(it => [it.ref, it.applied]).sort()).toEqual(told.map(id => [id, 1]).sort())
  expect(shell.stderr()).toBe('')
  process.stdout.write(`disk-full: ${reserved} acts of 12 kB recorded on a full disk out of a reserve of 1 MB, then disk-full\n`)
}, 90_000)

// Unlocking writes its count of wrong tries to a new file before it tries, and keeps no space for it: it answers `internal`.
test('after a restart on a disk that is still full the workstation opens, and the case is readable', async context => {
  if (whyNot) context.skip(whyNot)
  const before = (await acts()).map(act => act.header.id)
  await fill()
  shell.child.kill('SIGKILL')
  await shell.exited
  await fill()
  shell = await startShell(disk)
  await shell.unlock()
  expect((await acts()).map(act => act.header.id)).toEqual(before)
  await expectReadable('2')
}, 60_000)
