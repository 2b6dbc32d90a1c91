import { Problem } from '#domain/problems.ts'
import { Entry } from '#sync/entry.ts'
import { Ledger } from '#sync/ledger.ts'
import type { Record } from '#sync/ports.ts'
import { type Journal, type JournalPorts, openJournal } from '../journal/journal.ts'

export interface OpenJournal extends Record {
  /** Bytes of an unfinished write that the last stop left behind and that were cut off. */
  readonly cutBytes: number
  close(): Promise<void>
}

/** The journal with the ledger folded from it. `record` answers only after fsync, and only then does the ledger move. */
export async function openLedger(ports: JournalPorts): Promise<OpenJournal> {
  const opened = await openJournal(ports)
  if (!opened.ok) throw new Problem('journal-damaged')
  const journal: Journal = opened.value
  const ledger = new Ledger()
  for await (const { body } of journal.scan()) {
    const entry = Entry.safeParse(body)
    // A record that another version wrote and this one cannot read must stop us: skipping it would forget a decision.
    if (!entry.success) throw new Problem('journal-damaged')
    ledger.apply(entry.data)
  }
  return {
    ledger,
    cutBytes: journal.cutBytes,
    async record(entry) {
      await journal.append(entry)
      ledger.apply(entry)
    },
    close: () => journal.close(),
  }
}
