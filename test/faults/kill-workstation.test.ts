import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ActView } from '#domain/act.ts'
import { contract } from '#domain/contract.ts'
import { writeTinyCase } from '../../fixtures/data-centre/testing/tiny-case.ts'
import { joinedProfile, type RunningShell, startShell } from '../integration/loopback-shell.ts'
import { realCentre } from '../support/real-workstation.ts'
import { chance } from './kill-harness.ts'

const ROUNDS = 50
/** In every so manieth round the network is left on: the kill then falls into sending too. */
const ONLINE_EVERY = 5

let centre: Awaited<ReturnType<typeof realCentre>>
let joined: Awaited<ReturnType<typeof joinedProfile>>
let cases = ''
beforeAll(async () => {
  cases = await mkdtemp(join(tmpdir(), 'cases-'))
  centre = await realCentre()
  await centre.add(await writeTinyCase(join(cases, 'a'), 'TINY-1'))
  joined = await joinedProfile(centre)
})
afterAll(async () => {
  await joined?.remove()
  await centre?.remove()
  await rm(cases, { recursive: true, force: true })
})

const actsOf = async (shell: RunningShell) => (await shell.call(contract.case, { caseId: 'TINY-1' })).acts

/** Three people's worth of clicks at once, until the process is gone. Text of each act whose answer said "recorded". */
async function recordUntilDead(shell: RunningShell, round: number, killed: Promise<unknown>, told: (id: string) => void) {
  let gone = false
  void killed.then(() => {
    gone = true
  })
  let asked = 0
  await Promise.all(
    [0, 1, 2].map(async hand => {
      for (let count = 0; !gone; count += 1) {
        asked += 1
        const text = `${round}/${hand}/${count} ${'所見'.repeat((count * 37) % 300)}`
        const payload = { type: 'comment.added' as const, text }
        try {
          told((await shell.call(contract.recordAct, { caseId: 'TINY-1', base: 0, manifestVersion: 1, payload })).header.id)
        } catch (failure) {
          // Only the cut connection is expected; an answer that says no is a failure of the test.
          if ('status' in (failure as object)) throw failure
          return
        }
      }
    }),
  )
  return asked
}

function expectWhole(acts: readonly ActView[], told: ReadonlySet<string>, where: string): void {
  const ids = acts.map(act => act.header.id)
  const present = new Set(ids)
  expect(
    [...told].filter(id => !present.has(id)),
    `${where}: said to be recorded, and lost`,
  ).toEqual([])
  expect(ids.length, `${where}: an act twice`).toBe(present.size)
  const texts = acts.map(({ payload }) => (payload.type === 'comment.added' ? payload.text : ''))
  expect(new Set(texts).size, `${where}: one click, two acts`).toBe(texts.length)
  const numbers = acts.map(act => act.header.deviceSeq).sort((a, b) => a - b)
  expect(numbers, `${where}: numbers of the device`).toEqual(numbers.map((_, index) => index + 1))
}

test('50 kills of the workstation while it records: what was said to be recorded is there, once, and reaches the centre once', async () => {
  const next = chance(2026)
  const told = new Set<string>()
  let asked = 0
  let signIns = 0
  let tails = 0
  const restarts: number[] = []
  const started = performance.now()

  /** Start to open vault; the whole record is compared before anything else is done. */
  async function open(where: string): Promise<RunningShell> {
    const from = performance.now()
    const shell = await startShell(joined.profile)
    await shell.unlock()
    restarts.push(performance.now() - from)
    if (where !== 'first') {
      const acts = await actsOf(shell)
      expectWhole(acts, told, where)
      tails = Math.max(tails, acts.length - told.size)
    }
    return shell
  }

  let shell = await open('first')
  await shell.until(async () => (await shell.call(contract.cases, {})).cases.some(it => it.id === 'TINY-1' && it.version === 1))
  for (let round = 0; round < ROUNDS; round += 1) {
    const online = round % ONLINE_EVERY === ONLINE_EVERY - 1
    if (!online) await shell.call(contract.setNetwork, { on: false })
    const after = 1 + next(14)
    const pauseMs = next(12)
    let answers = 0
    const running = shell
    asked += await recordUntilDead(running, round, running.exited, id => {
      told.add(id)
      answers += 1
      if (answers === after) setTimeout(() => running.child.kill('SIGKILL'), pauseMs)
    })
    expect(await running.exited).toBe('SIGKILL')
    expect(running.stderr()).toBe('')
    shell = await open(`after kill ${round + 1}`)
  }
  const killing = performance.now() - started

  // The line is there again. A kill between the centre's new refresh token and our keeping it costs a sign-in, and nothing else.
  const settled = async () => (await actsOf(shell)).every(act => act.state === 'accepted')
  await shell.until(async () => {
    if ((await shell.call(contract.sync, {})).online === 'sign-in-needed') {
      signIns += 1
      await shell.signIn(centre)
    }
    return settled()
  }, 40_000)
  const acts = await actsOf(shell)
  expectWhole(acts, told, 'at the end')
  const ledger = await centre.ledger()
  const applied = ledger.effects.filter(it => it.kind === 'act').map(it => [it.ref, it.applied] as const)
  expect(applied.filter(([, times]) => times !== 1)).toEqual([])
  expect(applied.map(([ref]) => ref).sort()).toEqual(acts.map(act => act.header.id).sort())
  const receipts = acts.map(act => act.receipt?.seq)
  expect(new Set(receipts).size).toBe(acts.length)
  await shell.stop()
  expect(told.size).toBeGreaterThan(ROUNDS)

  restarts.sort((a, b) => a - b)
  process.stdout.write(
    `kill-workstation: ${ROUNDS} kills, ${asked} asked, ${told.size} answered as recorded, ${acts.length} on record, 0 lost, 0 doubled, ` +
      `${tails} on record without an answer; at the centre ${applied.length} of ${acts.length} once ` +
      `(${ledger.acts.duplicates} sent again); ${signIns} sign-ins; start to open ` +
      `${restarts[restarts.length >> 1]?.toFixed(0)} ms median, ${restarts.at(-1)?.toFixed(0)} ms most; ${(killing / 1000).toFixed(0)} s\n`,
  )
}, 300_000)
