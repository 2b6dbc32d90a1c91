import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { Problem } from '#domain/problems.ts'
import { aCentre, dropsAt } from '../test/support/fake-centre.ts'
import { aWorkstation } from '../test/support/fake-workstation.ts'
import { CHUNK_BYTES } from './protocol.ts'

const comment = (text: string) => ({ type: 'comment.added' as const, text })
const decided = (tier: string) => ({
  type: 'finding.decided' as const,
  findingId: 'f1',
  classifications: [{ scheme: 'AMP' as const, value: tier }],
  level: 1 as const,
  recommendation: { kind: 'none' as const, text: '' },
  return: 'return' as const,
  dissents: [],
  comment: '',
})
const running: { stop(): Promise<void> | undefined }[] = []
const started = (centre: ReturnType<typeof aCentre>, device?: string) => {
  const station = aWorkstation(centre, device)
  station.start()
  running.push(station)
  return station
}
afterEach(async () => {
  for (const station of running.splice(0)) await station.stop()
})

test('a case is announced, fetched, published, and read in the newest version', async () => {
  const centre = aCentre()
  centre.publish('case-1', 1, { 'record.json': 900, 'tumour.bam': 3 * CHUNK_BYTES + 17 })
  const station = started(centre)
  await station.until(() => station.published.get('case-1') === 1)
  centre.publish('case-1', 2, { 'record.json': 950, 'tumour.bam': 40 })
  await station.until(() => station.published.get('case-1') === 2)
})

test('a fetch cut off goes on where it was: no chunk comes twice', async () => {
  const centre = aCentre()
  centre.publish('case-1', 1, { 'tumour.bam': 8 * CHUNK_BYTES })
  let calls = 0
  centre.faults((call, when) => {
    if (call === 'download' && when === 'in' && ++calls % 3 === 0) throw new Problem('centre-unreachable')
  })
  const station = started(centre)
  await station.until(() => station.published.get('case-1') === 1)
  expect(station.downloaded).toBe(8 * CHUNK_BYTES)
})

test('a damaged chunk is never published, the other case still arrives, and the old version stays', async () => {
  const centre = aCentre()
  centre.publish('case-1', 1, { 'a.bam': 100 })
  const station = started(centre)
  await station.until(() => station.published.get('case-1') === 1)
  centre.publish('case-1', 2, { 'a.bam': 200 })
  centre.damage('case-1/2/a.bam', 5)
  centre.publish('case-2', 1, { 'b.bam': 100 })
  await station.until(() => station.published.get('case-2') === 1)
  expect(station.published.get('case-1')).toBe(1)
})

test.each([
  ['unsigned', 'manifest-unsigned', {}, 'stranger' as const],
  ['of another case', 'manifest-foreign', { caseId: 'case-9' }, 'signing' as const],
  ['expired', 'manifest-expired', { expiresAt: '2026-01-01T00:00:00.000Z' }, 'signing' as const],
])('a manifest that is %s is refused and the old version stays in use', async (_word, code, over, key) => {
  const centre = aCentre()
  centre.publish('case-1', 1, { 'a.bam': 100 })
  const station = aWorkstation(centre)
  const engine = station.start()
  running.push(station)
  await station.until(() => station.published.get('case-1') === 1)
  centre.publish('case-1', 2, { 'a.bam': 200 }, it => ({ ...it, ...over }), key)
  await station.until(() => engine.progress.view().some(it => it.problem === code))
  expect(station.published.get('case-1')).toBe(1)
})

test('an older manifest than ours is a replay and is refused', async () => {
  const centre = aCentre()
  centre.publish('case-1', 5, { 'a.bam': 100 })
  const station = aWorkstation(centre)
  const engine = station.start()
  running.push(station)
  await station.until(() => station.published.get('case-1') === 5)
  centre.publish('case-1', 6, { 'a.bam': 200 }, it => ({ ...it, version: 4 }))
  await station.until(() => engine.progress.view().some(it => it.problem === 'manifest-older'))
  expect(station.published.get('case-1')).toBe(5)
})

test('expired centre keys stop the round with their own word, and nothing is lost', async () => {
  const centre = aCentre()
  centre.keysExpire('2026-01-01T00:00:00.000Z')
  const station = aWorkstation(centre)
  const engine = station.start()
  running.push(station)
  await station.act(comment('kept'))
  await station.until(() => engine.status().problem === 'manifest-expired')
  expect(station.ledger.outbox()).toHaveLength(1)
})

test('work done offline reaches the centre once, however the line drops, before or after the effect', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: 1, max: 25 }), { maxLength: 8 }),
      fc.constantFrom('in' as const, 'out' as const),
      fc.integer({ min: 1, max: 6 }),
      async (numbers, when, count) => {
        const centre = aCentre()
        centre.faults(dropsAt(numbers, when))
        const station = aWorkstation(centre)
        const ids = []
        for (let at = 0; at < count; at += 1) ids.push(await station.act(comment(`n${at}`)))
        const orderId = '0199c0de-0000-7000-8000-000000000001'
        await station.act({
          type: 'confirmation.ordered',
          orderId,
          findingId: 'f1',
          method: 'sanger',
          specimenId: 'T1',
          reason: '',
          target: { title: '', assembly: 'GRCh38', position: '', genes: [] },
        })
        station.start()
        try {
          await station.until(
            () =>
              station.ledger.outbox().length === 0 &&
              station.ledger.case('case-1').orders.get(orderId)?.serviceRequest !== undefined,
          )
          expect([...centre.acts.values()].map(it => it.seq)).toEqual([...Array(count + 1).keys()].map(it => it + 1))
          expect(ids.every(id => station.ledger.acts.get(id)?.receipt !== undefined)).toBe(true)
          expect(centre.orders.size).toBe(1)
        } finally {
          await station.stop()
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('a crash between the answer and its journal entry costs nothing: the act is sent again and answered with the same receipt', async () => {
  const centre = aCentre()
  const station = started(centre)
  const id = await station.act(comment('once'))
  await station.until(() => station.ledger.acts.get(id)?.state === 'accepted')
  await station.stop()
  const at = station.entries.findIndex(entry => entry.kind === 'accepted')
  station.entries.splice(at)
  station.restart()
  expect(station.ledger.outbox()).toHaveLength(1)
  station.start()
  await station.until(() => station.ledger.outbox().length === 0)
  expect(centre.acts.size).toBe(1)
})

test('two workstations that decide on the same finding apart: the later one becomes a conflict, nothing is merged or lost', async () => {
  const centre = aCentre()
  centre.publish('case-1', 1, { 'a.bam': 10 })
  const [first, second] = [started(centre, 'one'), started(centre, 'two')]
  await first.until(() => first.published.has('case-1') && second.published.has('case-1'))
  await second.stop()
  const theirs = await first.act(decided('II-C'))
  await first.until(() => first.ledger.acts.get(theirs)?.state === 'accepted')
  const mine = await second.act(decided('I-A'))
  second.start()
  await second.until(() => second.ledger.acts.get(mine)?.state === 'conflict' && second.ledger.acts.has(theirs))
  expect(second.ledger.acts.get(mine)?.against).toEqual([theirs])
  expect(centre.acts.size).toBe(1)
})

test('a withdrawn case: keys first, then files, then the receipt; the others stay', async () => {
  const centre = aCentre()
  centre.publish('case-1', 1, { 'a.bam': 10 })
  centre.publish('case-2', 1, { 'a.bam': 11 })
  const station = started(centre)
  await station.until(() => station.published.size === 2)
  centre.withdraw('case-1')
  await station.until(() => centre.purged.includes('case-1'))
  expect(station.destroyed.has('case-1')).toBe(true)
  expect([...station.published.keys()]).toEqual(['case-2'])
  expect(station.ledger.case('case-1').withdrawn).toBe(true)
})

test('a proof of deletion that was lost on the way is sent again, also after a restart', async () => {
  const centre = aCentre()
  centre.publish('case-1', 1, { 'a.bam': 10 })
  const station = started(centre)
  await station.until(() => station.published.size === 1)
  centre.faults((call, when) => {
    if (call === 'purgeReceipt' && when === 'in') throw new Problem('centre-failed')
  })
  centre.withdraw('case-1')
  await station.until(() => station.ledger.case('case-1').withdrawn)
  await station.stop()
  station.restart()
  centre.faults(() => {})
  station.start()
  await station.until(() => station.ledger.case('case-1').purgeReceipted)
  expect(centre.purged).toEqual(['case-1'])
})

test('a full disk stops the fetch with its own word; when there is room again it goes on', async () => {
  const centre = aCentre()
  centre.publish('case-1', 1, { 'a.bam': 2 * CHUNK_BYTES })
  const station = aWorkstation(centre)
  let full = true
  centre.faults((call, when) => {
    if (call === 'download' && when === 'out') station.fillDisk(full)
  })
  const engine = station.start()
  running.push(station)
  await station.until(() => engine.progress.view().some(it => it.problem === 'disk-full'))
  full = false
  station.fillDisk(false)
  engine.poke()
  await station.until(() => station.published.get('case-1') === 1)
})

test('a person cancels a fetch and takes it up again', async () => {
  const centre = aCentre()
  centre.publish('case-1', 1, { 'a.bam': 6 * CHUNK_BYTES })
  const station = aWorkstation(centre)
  const engine = station.start()
  running.push(station)
  let hold = true
  centre.faults((call, when) => {
    if (call === 'download' && when === 'out' && hold) engine.cancel('case-1')
  })
  await station.until(() => engine.progress.stateOf('case-1') === 'cancelled')
  expect(station.published.size).toBe(0)
  hold = false
  engine.resume('case-1')
  await station.until(() => station.published.get('case-1') === 1)
})

test('with the network switched off nothing is asked, and what was recorded goes out when it is on again', async () => {
  const centre = aCentre()
  const station = aWorkstation(centre)
  const engine = station.start()
  running.push(station)
  await station.until(() => engine.status().lastSync !== undefined)
  engine.setNetwork(false)
  await station.until(() => engine.status().state === 'switched-off')
  let asked = 0
  centre.faults(() => {
    asked += 1
  })
  const id = await station.act(comment('offline'))
  await new Promise(resolve => setTimeout(resolve, 50))
  expect(asked).toBe(0)
  engine.setNetwork(true)
  await station.until(() => station.ledger.acts.get(id)?.state === 'accepted')
})
