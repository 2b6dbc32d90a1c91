import 'fake-indexeddb/auto'
import { webcrypto } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { aFinding, aRecord, aView } from '../testing/sample-case.ts'
import { type CacheDatabase, openCacheDatabase } from './database.ts'
import { openReadModel } from './read-model.ts'
import { createSealer } from './seal.ts'
import { summarise } from './summary.ts'

const crypto = webcrypto as unknown as Crypto
const key = () => new Uint8Array(32).fill(7)
let opened: CacheDatabase[] = []
let names = 0

function aDatabase(name = `cache-${++names}`): CacheDatabase {
  const database = openCacheDatabase(name)
  opened.push(database)
  return database
}
const open = async (database: CacheDatabase, raw = key()) =>
  openReadModel(database, await createSealer(raw, crypto), () => crypto.randomUUID())

afterEach(async () => {
  for (const database of opened) await database.delete()
  opened = []
})

const many = aView(
  aRecord({ findings: Array.from({ length: 250 }, (_, i) => aFinding({ id: `f${i}`, title: `GENE${i} p.(Ala1Val)` })) }),
)

async function clearText(database: CacheDatabase): Promise<string> {
  const rows = [
    ...(await database.summaries.toArray()),
    ...(await database.views.toArray()),
    ...(await database.drafts.toArray()),
  ]
  return rows.map(row => `${row.slot} ${row.part} ${row.revision} ${new TextDecoder('latin1').decode(row.sealed)}`).join('\n')
}

test('a case is kept in blocks and comes back whole after a restart', async () => {
  const database = aDatabase()
  const model = await open(database)
  await model.keep(many, summarise(many))
  expect(await database.views.count()).toBe(4)
  const again = await open(database)
  expect(await again.summaries()).toEqual([summarise(many)])
  expect(await again.view(many.record.id)).toEqual(many)
})

test('no name, case id or gene lies in clear', async () => {
  const database = aDatabase()
  const model = await open(database)
  await model.keep(many, summarise(many))
  await model.keepDraft({
    caseId: many.record.id,
    findingId: 'f1',
    classifications: [],
    level: 1,
    recommendation: { kind: 'none', text: '' },
    dissents: [],
    comment: '秘密の下書き',
  })
  const text = await clearText(database)
  const found = ['WGS-26-0142', 'GENE1', '見本', '秘密'].filter(word => text.includes(Buffer.from(word).toString('latin1')))
  expect(found).toEqual([])
})

test('a damaged block empties the model instead of showing half a case', async () => {
  const database = aDatabase()
  const model = await open(database)
  await model.keep(many, summarise(many))
  const row = (await database.views.toArray())[2]!
  const sealed = row.sealed.slice(0)
  new Uint8Array(sealed)[5]! ^= 1
  await database.views.put({ ...row, sealed })
  const again = await open(database)
  await again.summaries()
  expect(await again.view(many.record.id)).toBeUndefined()
  expect(await database.views.count()).toBe(0)
  expect(await database.summaries.count()).toBe(0)
})

test('blocks that changed places do not open', async () => {
  const database = aDatabase()
  const model = await open(database)
  await model.keep(many, summarise(many))
  const [, second, third] = await database.views.orderBy('[slot+part]').toArray()
  await database.views.bulkPut([
    { ...second!, iv: third!.iv, sealed: third!.sealed },
    { ...third!, iv: second!.iv, sealed: second!.sealed },
  ])
  const again = await open(database)
  await again.summaries()
  expect(await again.view(many.record.id)).toBeUndefined()
})

test('another key opens nothing and leaves nothing', async () => {
  const database = aDatabase()
  const model = await open(database)
  await model.keep(many, summarise(many))
  const stranger = await open(database, new Uint8Array(32).fill(9))
  expect(await stranger.summaries()).toEqual([])
  expect(await database.summaries.count()).toBe(0)
})

test('locking drops the cases and keeps the sealed drafts', async () => {
  const database = aDatabase()
  const model = await open(database)
  const draft = {
    caseId: many.record.id,
    findingId: 'f1',
    classifications: [],
    level: 2 as const,
    recommendation: { kind: 'drug' as const, text: '架空の薬' },
    dissents: [],
    comment: '',
  }
  await model.keep(many, summarise(many))
  await model.keepDraft(draft)
  await model.wipe(false)
  const again = await open(database)
  expect(await again.summaries()).toEqual([])
  expect(await again.drafts()).toEqual([draft])
  await again.dropDraft(draft.caseId, draft.findingId)
  expect(await database.drafts.count()).toBe(0)
})

test('the key bytes are overwritten once imported', async () => {
  const raw = key()
  await createSealer(raw, crypto)
  expect([...raw].every(byte => byte === 0)).toBe(true)
})
