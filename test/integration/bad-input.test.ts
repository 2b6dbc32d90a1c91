import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '#domain/contract.ts'
import { isProblemCode, PROBLEMS, sentence } from '#domain/problems.ts'
import { createPinnedFetch } from '../../electron/centre/pinned-fetch.ts'
import { writeTinyCase } from '../../fixtures/data-centre/testing/tiny-case.ts'
import { PASSPHRASE, type RealWorkstation, Refused, realCentre, realWorkstation } from '../support/real-workstation.ts'

let centre: Awaited<ReturnType<typeof realCentre>>
let station: RealWorkstation
let folder: string
let version = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cases-'))
  centre = await realCentre()
  await centre.add(await writeTinyCase(join(folder, 'a'), 'TINY-1', `reads ${version}`))
  version = 1
  station = await (await realWorkstation(centre)).begin()
  await station.hasVersion('TINY-1', 1)
})
afterEach(() => centre.faults.clear())
afterAll(async () => {
  await station?.remove()
  await centre?.remove()
  await rm(folder, { recursive: true, force: true })
})

/** Waits until sync says the word, in the round or on the case. */
async function saysWord(code: string): Promise<void> {
  await station.until(async () => {
    const sync = await station.call(contract.sync, {})
    return sync.problem === code || sync.cases.some(it => it.problem === code)
  })
  expect(isProblemCode(code)).toBe(true)
}

async function newVersion(): Promise<number> {
  version += 1
  await centre.add(await writeTinyCase(join(folder, 'a'), 'TINY-1', `reads ${version}`))
  return version
}

const firstBytes = async () =>
  new Uint8Array(
    await (await station.raw('GET', '/api/cases/TINY-1/files/reads.bam', undefined, { range: 'bytes=0-15' })).arrayBuffer(),
  )

describe('the centre sends what it should not: one word for it, and the good state stays in use', () => {
  test.each([
    ['unsigned', 'manifest-unsigned'],
    ['expired', 'manifest-expired'],
    ['foreign-signer', 'manifest-foreign'],
    ['foreign-case', 'manifest-foreign'],
    ['older', 'manifest-older'],
  ] as const)('a manifest that is %s', async (kind, code) => {
    const held = (await station.call(contract.cases, {})).cases[0]?.version ?? 0
    const before = await firstBytes()
    centre.faults.set({ manifest: kind })
    const next = await newVersion()
    await saysWord(code)
    expect((await station.call(contract.cases, {})).cases[0]?.version).toBe(held)
    expect(await firstBytes()).toEqual(before)
    centre.faults.clear()
    await station.call(contract.runSync, {})
    await station.hasVersion('TINY-1', next)
  })

  test('a file that is not what the manifest says', async () => {
    const held = version
    centre.faults.set({ swappedFile: true })
    const next = await newVersion()
    await saysWord('file-damaged')
    expect((await station.call(contract.cases, {})).cases[0]?.version).toBe(held)
    centre.faults.clear()
    await station.call(contract.runSync, {})
    await station.hasVersion('TINY-1', next)
  })

  test('a range that is cut off or is not the one asked for never becomes a published file', async () => {
    for (const fault of [{ cutBodyAfter: 70_000 }, { wrongRange: true }]) {
      centre.faults.set(fault)
      const next = await newVersion()
      await station.until(async () => {
        const sync = await station.call(contract.sync, {})
        return sync.problem !== undefined || sync.cases.some(it => it.problem !== undefined)
      })
      expect((await station.call(contract.cases, {})).cases[0]?.version).toBeLessThan(next)
      centre.faults.clear()
      await station.call(contract.runSync, {})
      await station.hasVersion('TINY-1', next)
    }
  })
})

describe('the line is bad: work goes on, and what was recorded arrives once', () => {
  test.each([
    ['down', { down: true }, 'centre-unreachable'],
    ['answering 500', { failNext: 50 }, 'centre-failed'],
  ] as const)('the centre is %s', async (_word, fault, code) => {
    centre.faults.set(fault)
    const act = await station.call(contract.recordAct, {
      caseId: 'TINY-1',
      base: 0,
      manifestVersion: 1,
      payload: { type: 'comment.added', text: `while ${code}` },
    })
    expect(act.state).toBe('recorded')
    await saysWord(code)
    centre.faults.clear()
    await station.call(contract.runSync, {})
    await station.until(async () =>
      (await station.call(contract.case, { caseId: 'TINY-1' })).acts.every(it => it.state === 'accepted'),
    )
    const effect = (await centre.ledger()).effects.find(it => it.ref === act.header.id)
    expect(effect?.applied).toBe(1)
  })

  test('an answer that was lost after the centre had taken the act: one effect, one receipt', async () => {
    centre.faults.set({ loseAnswers: 1 })
    const act = await station.call(contract.recordAct, {
      caseId: 'TINY-1',
      base: 0,
      manifestVersion: 1,
      payload: { type: 'comment.added', text: 'lost answer' },
    })
    await station.until(
      async () =>
        (await station.call(contract.case, { caseId: 'TINY-1' })).acts.find(it => it.header.id === act.header.id)?.state ===
        'accepted',
    )
    const effect = (await centre.ledger()).effects.find(it => it.ref === act.header.id)
    expect(effect?.applied).toBe(1)
    expect(effect?.received).toBeGreaterThanOrEqual(1)
  })

  test('a centre that does not answer in time is given up with its own word, and another origin is never called', async () => {
    centre.faults.set({ slow: 5000 })
    const fetch = createPinnedFetch({ caPem: centre.caPem, origins: [centre.origin], connectMs: 100, idleMs: 300 })
    const began = Date.now()
    await expect(fetch(`${centre.origin}/.well-known/gw-configuration`)).rejects.toMatchObject({ code: 'centre-slow' })
    expect(Date.now() - began).toBeLessThan(3000)
    for (const url of ['https://localhost:1/', 'http://localhost/', 'https://169.254.169.254/latest', 'file:///etc/passwd']) {
      await expect(fetch(url)).rejects.toMatchObject({ code: 'forbidden' })
    }
    fetch.close()
  })

  test('a certificate that is not the centre’s: not a byte is exchanged, and it is said', async () => {
    const other = await realCentre()
    const stranger = await realWorkstation(centre, { enrolment: { caPem: other.caPem } })
    const failure = await stranger.call(contract.signIn, {}).catch(problem => problem)
    expect(failure).toBeInstanceOf(Refused)
    expect(failure.code).toBe('centre-not-ours')
    await stranger.remove()
    await other.remove()
  })

  test('a sign-in without a second factor is refused here, whatever the provider says', async () => {
    centre.faults.set({ noSecondFactor: true })
    const fresh = await realWorkstation(centre)
    const session = await fresh.signIn()
    expect(session.signIn).toMatchObject({ state: 'failed', problem: 'second-factor-missing' })
    expect(session.state).toBe('sign-in')
    await fresh.remove()
  })
})

describe('doors', () => {
  test('locked means locked: nothing but the session answers, and a wrong passphrase waits longer each time', async () => {
    const other = await realWorkstation(centre, { enrolment: await centre.enrolmentFile() })
    await other.begin()
    await other.call(contract.lock, {})
    for (const endpoint of Object.values(contract)) {
      if ('open' in endpoint && endpoint.open) continue
      const path = endpoint.path.replace(':caseId', 'TINY-1')
      const response = await other.raw(endpoint.method, path, endpoint.method === 'POST' ? {} : undefined)
      expect([path, response.status]).toEqual([path, 401])
    }
    for (const path of ['/api/cases/TINY-1/files/reads.bam', '/api/cases/TINY-1/report.pdf'])
      expect((await other.raw('GET', path)).status).toBe(401)
    const waits: number[] = []
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const failure: Refused = await other.call(contract.unlock, { passphrase: 'wrong wrong wrong' }).catch(problem => problem)
      expect(failure.code).toBe('wrong-passphrase')
      waits.push(Number(failure.values.retryAfterMs))
    }
    expect(Math.max(...waits)).toBeGreaterThan(20_000)
    const failure: Refused = await other.call(contract.unlock, { passphrase: PASSPHRASE }).catch(problem => problem)
    expect(failure.code).toBe('wrong-passphrase')
    await other.remove()
  })

  test('a request that is not in the contract’s form is refused without a trace of why', async () => {
    for (const [method, path, body] of [
      ['POST', '/api/cases/TINY-1/acts', { payload: { type: 'report.issued' } }],
      ['POST', '/api/cases/TINY-1/acts', { base: -1 }],
      ['GET', '/api/cases/..%2f..%2fvault', undefined],
      ['POST', '/api/session/unlock', { passphrase: 7 }],
    ] as const) {
      const response = await station.raw(method, path, body)
      const text = await response.text()
      expect([400, 404]).toContain(response.status)
      expect(text).not.toMatch(/zod|stack|node_modules/i)
      expect(text).not.toContain(process.cwd())
    }
    expect((await station.raw('GET', '/api/cases/TINY-1/files/record.json')).status).toBe(403)
    expect((await station.raw('GET', '/../package.json')).status).toBe(404)
  })
})

test('every problem has one sentence in each language, without a path or a code in it', () => {
  for (const code of Object.keys(PROBLEMS) as (keyof typeof PROBLEMS)[]) {
    for (const language of ['ja', 'en'] as const) {
      const text = sentence(code, language)
      expect(text.length).toBeGreaterThan(5)
      expect(text).not.toMatch(/\/|undefined|null/)
    }
  }
})
