import { CaseView } from '#domain/contract.ts'
import { Finding } from '#domain/finding.ts'
import { CACHE_SCHEMA, type CacheDatabase, type RoomName, type SealedRow } from './database.ts'
import { DecisionDraft } from './draft.ts'
import type { Sealer } from './seal.ts'
import { CaseSummary } from './summary.ts'

/** Findings per sealed block: sealing row by row is 14 times slower to write. */
export const FINDINGS_PER_BLOCK = 100

export interface ReadModel {
  summaries(): Promise<readonly CaseSummary[]>
  view(caseId: string): Promise<CaseView | undefined>
  keep(view: CaseView, summary: CaseSummary): Promise<void>
  forget(caseId: string): Promise<void>
  drafts(): Promise<readonly DecisionDraft[]>
  keepDraft(draft: DecisionDraft): Promise<void>
  dropDraft(caseId: string, findingId: string): Promise<void>
  /** Drops every case; with `drafts`, the drafts too. */
  wipe(drafts: boolean): Promise<void>
}

/** For a machine whose IndexedDB fails: the page works from the backend alone, drafts live in memory only. */
export const NO_READ_MODEL: ReadModel = {
  summaries: async () => [],
  view: async () => undefined,
  keep: async () => {},
  forget: async () => {},
  drafts: async () => [],
  keepDraft: async () => {},
  dropDraft: async () => {},
  wipe: async () => {},
}

interface Slot {
  readonly slot: string
  readonly revision: string
}

/**
 * The sealed read model in IndexedDB. It may vanish at any time: every failure ends in an empty model, never in an error
 * on screen. Sealing happens before a transaction and unsealing after it, because IndexedDB closes a transaction that awaits.
 */
export async function openReadModel(database: CacheDatabase, sealer: Sealer, randomId: () => string): Promise<ReadModel> {
  const slots = new Map<string, Slot>()
  const draftSlots = new Map<string, string>()
  const place = (room: RoomName, slot: string, part: number, caseId: string) =>
    `${room}|${slot}:${part}|${caseId}|${CACHE_SCHEMA}`
  const unseal = (room: RoomName, row: SealedRow, caseId: string) => sealer.unseal(place(room, row.slot, row.part, caseId), row)
  const seal = async (room: RoomName, at: Slot, part: number, caseId: string, value: unknown): Promise<SealedRow> => ({
    ...at,
    part,
    ...(await sealer.seal(place(room, at.slot, part, caseId), value)),
  })

  const wipe = async (drafts: boolean) => {
    slots.clear()
    if (drafts) draftSlots.clear()
    await Promise.all([database.summaries.clear(), database.views.clear(), drafts ? database.drafts.clear() : undefined])
  }
  const about = await database.about.get('schema')
  if (about?.value !== CACHE_SCHEMA) {
    await wipe(true)
    await database.about.put({ key: 'schema', value: CACHE_SCHEMA })
  }
  const quietly = async (work: () => Promise<void>) => {
    try {
      await work()
    } catch {
      await wipe(false).catch(() => {})
    }
  }

  return {
    async summaries() {
      try {
        const rows = await database.summaries.toArray()
        const summaries = await Promise.all(rows.map(async row => CaseSummary.parse(await unseal('summaries', row, ''))))
        rows.forEach((row, i) => {
          const summary = summaries[i]
          if (summary) slots.set(summary.id, { slot: row.slot, revision: row.revision })
        })
        return summaries
      } catch {
        await wipe(false).catch(() => {})
        return []
      }
    },

    async view(caseId) {
      const at = slots.get(caseId)
      if (!at) return undefined
      try {
        const rows = (await database.views.where('slot').equals(at.slot).sortBy('part')).filter(it => it.revision === at.revision)
        const [head, ...blocks] = await Promise.all(rows.map(row => unseal('views', row, caseId)))
        if (!head) return undefined
        const findings = blocks.flatMap(block => Finding.array().parse(block))
        const view = CaseView.parse({ ...(head as object), record: { ...(head as CaseView).record, findings } })
        return view
      } catch {
        await wipe(false).catch(() => {})
        return undefined
      }
    },

    keep: (view, summary) =>
      quietly(async () => {
        const caseId = summary.id
        const at = { slot: slots.get(caseId)?.slot ?? randomId(), revision: summary.revision }
        const { findings } = view.record
        const blocks: unknown[] = [{ ...view, record: { ...view.record, findings: [] } }]
        for (let i = 0; i < findings.length; i += FINDINGS_PER_BLOCK) blocks.push(findings.slice(i, i + FINDINGS_PER_BLOCK))
        const rows = await Promise.all(blocks.map((block, part) => seal('views', at, part, caseId, block)))
        const row = await seal('summaries', at, 0, '', summary)
        await database.transaction('rw', database.summaries, database.views, async () => {
          await database.views.where('slot').equals(at.slot).delete()
          await database.views.bulkPut(rows)
          await database.summaries.put(row)
        })
        slots.set(caseId, at)
      }),

    forget: caseId =>
      quietly(async () => {
        const at = slots.get(caseId)
        slots.delete(caseId)
        if (!at) return
        await database.transaction('rw', database.summaries, database.views, async () => {
          await database.views.where('slot').equals(at.slot).delete()
          await database.summaries.where('slot').equals(at.slot).delete()
        })
      }),

    async drafts() {
      const found: DecisionDraft[] = []
      for (const row of await database.drafts.toArray().catch(() => [])) {
        try {
          const draft = DecisionDraft.parse(await unseal('drafts', row, ''))
          draftSlots.set(`${draft.caseId}|${draft.findingId}`, row.slot)
          found.push(draft)
        } catch {
          await database.drafts.delete([row.slot, row.part]).catch(() => {})
        }
      }
      return found
    },

    async keepDraft(draft) {
      const key = `${draft.caseId}|${draft.findingId}`
      const slot = draftSlots.get(key) ?? randomId()
      draftSlots.set(key, slot)
      try {
        await database.drafts.put(await seal('drafts', { slot, revision: '' }, 0, '', draft))
      } catch {
        // The draft stays in memory; the leaving question still protects it.
      }
    },

    async dropDraft(caseId, findingId) {
      const key = `${caseId}|${findingId}`
      const slot = draftSlots.get(key)
      draftSlots.delete(key)
      if (slot) await database.drafts.delete([slot, 0]).catch(() => {})
    },

    wipe: drafts => wipe(drafts).catch(() => {}),
  }
}
