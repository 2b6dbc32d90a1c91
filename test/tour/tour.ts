import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import type { CaseView, SyncView } from '#domain/contract.ts'
import { startDemoCentre } from '../../electron/launch/demo-centre.mjs'
import { askCentre, type Driven, driveElectron, driveLoopback } from './driver.ts'

export interface TourSummary {
  readonly shell: string
  readonly electron: string
  readonly casesSynced: number
  readonly bytesSynced: number
  readonly findings: number
  readonly readsDrawn: number
  readonly actsRecorded: number
  readonly actsAppliedAtCentre: number
  readonly receipts: number
  readonly ordersAtCentre: number
  readonly fhirValid: boolean
  readonly outsideRequests: number
  readonly offlineSteps: number
  readonly reportPages: number
  readonly seconds: number
}

export interface TourOptions {
  readonly shell: 'electron' | 'loopback'
  /** Where pictures, PDFs and summary.json go. */
  readonly out: string
  /** A folder of its own for profile and centre; emptied first. */
  readonly work: string
  readonly log?: (line: string) => void
}

interface CentreLedger {
  readonly acts: { readonly applied: number }
  readonly orders: number
  readonly fhirValid: number
  readonly fhirInvalid: number
}

const LUNG = 'WGS-26-0101'
const OVARY = 'WGS-26-0102'
const TRIO = 'WGS-26-0103'
const PASSPHRASE = '青い 机 と 静かな 湖 42'

/** The main job end to end with nobody touching it: sign in, sync, read, decide with the network gone, send, receive, report, lock. */
export async function tour({ shell, out, work, log = () => {} }: TourOptions): Promise<TourSummary> {
  const began = Date.now()
  rmSync(work, { recursive: true, force: true })
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out, { recursive: true })
  const profile = join(work, 'profile')
  const centre = await startDemoCentre({ profile, dir: join(work, 'centre'), autoAnswerSeconds: 4 })
  const drive = shell === 'electron' ? driveElectron : driveLoopback
  const driven = await drive({
    profile,
    centre: centre.origin,
    env: { PANELBENCH_POLL_MS: '1500', PANELBENCH_RESERVE_BYTES: '4000000' },
  })
  let number = 0
  const hands = createHands(driven, async name => {
    number += 1
    const file = `${String(number).padStart(2, '0')}-${name}.png`
    await driven.page.screenshot({ path: join(out, file) })
    log(`${((Date.now() - began) / 1000).toFixed(1)} s  ${file}`)
  })
  try {
    const walked = await walk(hands, driven, () => centre.command('code', 'kono').code as string, out)
    await driven.stop()
    const ledger = await askCentre<CentreLedger>(centre.origin, profile, 'GET', '/demo/ledger')
    const summary: TourSummary = {
      shell,
      electron: driven.version,
      ...walked,
      actsAppliedAtCentre: ledger.acts.applied,
      ordersAtCentre: ledger.orders,
      fhirValid: ledger.fhirValid > 0 && ledger.fhirInvalid === 0,
      outsideRequests: driven.outside().length,
      seconds: Math.round((Date.now() - began) / 1000),
    }
    writeFileSync(join(out, 'summary.json'), `${JSON.stringify(summary, undefined, 2)}\n`)
    return summary
  } catch (failure) {
    await hands.shot('failed').catch(() => undefined)
    throw failure
  } finally {
    await driven.stop().catch(() => undefined)
    centre.stop()
    await centre.exited
  }
}

type Walked = Pick<
  TourSummary,
  'casesSynced' | 'bytesSynced' | 'findings' | 'readsDrawn' | 'actsRecorded' | 'receipts' | 'offlineSteps' | 'reportPages'
>

async function walk(hands: Hands, driven: Driven, code: () => string, out: string): Promise<Walked> {
  const { page, see, click, shot, ask } = hands
  let reads = 0
  let offlineSteps = 0
  const sawReads = async () => {
    const drawn = await hands.readsDrawn()
    reads += drawn
    return drawn
  }

  // First start: sign in with both factors, set the passphrase.
  await see('sign-in')
  await shot('sign-in')
  await driven.signIn('kono', 'kono-demo-2026', code)
  await see('passphrase')
  await page.getByTestId('passphrase').fill(PASSPHRASE)
  await page.getByTestId('passphrase-again').fill(PASSPHRASE)
  await shot('passphrase')
  await click('set-passphrase')

  // Sync down.
  await see(`case-row-${LUNG}`)
  await shot('worklist-arriving')
  await hands.until(
    async () =>
      (await ask<{ cases: { presence: { state: string } }[] }>('/api/cases')).cases.filter(it => it.presence.state === 'complete')
        .length === 3,
    'three cases complete',
  )
  await shot('worklist')

  // Case and reads.
  await click(`case-row-${LUNG}`)
  await page.keyboard.press('Enter')
  await see('overview')
  await shot('overview')
  const lung = await ask<CaseView>(`/api/cases/${LUNG}`)
  const fusion = lung.record.findings.find(it => it.title.includes('EML4'))
  const small = lung.record.findings.find(it => it.title.includes('TP53') && it.origin === 'somatic')
  if (!fusion || !small) throw new Error('the lung case lacks what the tour shows')
  await click('tab-findings')
  await click(`finding-${fusion.id}`)
  if ((await sawReads()) === 0) throw new Error('no reads were drawn at the fusion')
  await shot('fusion-both-breakpoints')
  await click(`finding-${small.id}`)
  if ((await sawReads()) === 0) throw new Error('no reads were drawn at the small variant')
  await page.locator('[data-testid=counted-evidence][data-done=true]').waitFor()
  await shot('small-variant-tumour-normal-rna')
  // A mismatching base and the coverage bar: where the viewer would have asked the world.
  await hands.clickReads()
  await shot('clicked-base')

  // With the network gone: decide, dissent, dismiss, order. All of it is recorded here.
  await click('rail-sync')
  await click('network-switch')
  await page.locator('[data-testid=connection]:not([data-state=online])').waitFor()
  await shot('network-off')
  await click('rail-cases')
  await click(`case-row-${LUNG}`)
  await page.keyboard.press('Enter')
  await click('tab-findings')
  await click(`finding-${small.id}`)
  await sawReads()
  await hands.decide({ returns: 'return', kind: 'trial', text: 'ALK 阻害薬耐性後の治験を検討' })
  await shot('decided-offline')
  offlineSteps += 1
  await click(`finding-${fusion.id}`)
  await hands.decide({
    returns: 'return',
    kind: 'drug',
    text: 'アレクチニブ耐性後の ALK 阻害薬',
    dissent: { name: '乙川 澪', text: '耐性変異 G1202R を先に確かめるべき' },
  })
  offlineSteps += 1
  await page.keyboard.press('o')
  await see('order-dialog')
  await shot('order-confirmation-test')
  await click('record-order')
  await page.getByTestId('order-dialog').waitFor({ state: 'hidden' })
  offlineSteps += 1
  const artefact = lung.record.findings.find(it => it.classifications.some(c => c.value === 'IV'))
  if (artefact) {
    await click(`finding-${artefact.id}`)
    await page.keyboard.press('x')
    await see('dismiss-dialog')
    await page.locator('[data-testid^=reason-]').first().click()
    await click('record-dismissal')
    await page.getByTestId('dismiss-dialog').waitFor({ state: 'hidden' })
    offlineSteps += 1
  }
  await shot('recorded-not-sent')

  // The network is back: everything goes out once, receipts come in, the order is answered.
  await click('rail-sync')
  await shot('outbox')
  await click('network-switch')
  await hands.until(async () => {
    const view = await ask<CaseView>(`/api/cases/${LUNG}`)
    return view.acts.every(it => it.state === 'accepted') && view.orders.every(it => it.state === 'resulted')
  }, 'receipts and the result of the order')
  await shot('receipts')
  await click('rail-cases')
  await click(`case-row-${LUNG}`)
  await page.keyboard.press('Enter')
  await click('tab-findings')
  await click(`finding-${fusion.id}`)
  await sawReads()
  await shot('order-resulted')

  // Structural tab and trials.
  await click('tab-structural')
  await see('structural')
  await hands.settle()
  await shot('structural')
  await click('tab-trials')
  await hands.settle()
  await shot('trials')

  // Report.
  await click('tab-report')
  await see('report-preview')
  await page.locator('[data-testid^=report-page-]').first().waitFor()
  await shot('report-preview')
  await click('report-issue')
  await page.locator('[data-testid^=report-issued-]').first().waitFor()
  await shot('report-issued')
  for (const language of ['ja', 'en'])
    writeFileSync(join(out, `report-${language}.pdf`), await hands.bytes(`/api/cases/${LUNG}/report.pdf?language=${language}`))
  const pages = await page.locator('[data-testid^=report-page-]').count()
  await click('tab-records')
  await see('records')
  await shot('records')

  // The other two cases.
  for (const [id, name] of [
    [OVARY, 'ovary'],
    [TRIO, 'trio'],
  ] as const) {
    await click('rail-cases')
    await click(`case-row-${id}`)
    await page.keyboard.press('Enter')
    await see('overview')
    await hands.settle()
    await shot(`${name}-overview`)
    await click('tab-findings')
    const view = await ask<CaseView>(`/api/cases/${id}`)
    const finding = view.record.findings.find(it => it.kind === 'splice' || it.title.includes('BRCA2')) ?? view.record.findings[0]
    if (!finding) throw new Error(`${name} has no finding`)
    await click(`finding-${finding.id}`)
    if ((await sawReads()) === 0) throw new Error(`no reads were drawn in ${name}`)
    await page.locator('[data-testid=counted-evidence][data-done=true]').waitFor()
    await shot(`${name}-reads`)
  }

  // English, dark, small, locked.
  await click('rail-settings')
  await click('theme-dark')
  await click('language-en')
  await hands.settle()
  await shot('settings-english-dark')
  await driven.resize(1280, 720)
  await click('rail-cases')
  await click(`case-row-${LUNG}`)
  await page.keyboard.press('Enter')
  await click('tab-findings')
  await click(`finding-${small.id}`)
  await sawReads()
  await shot('english-dark-1280x720')
  await driven.resize(1440, 900)

  await hands.until(async () => (await ask<SyncView>('/api/sync')).outbox.waiting === 0, 'an empty outbox')
  const sync = await ask<SyncView>('/api/sync')
  const entries = (await ask<{ cases: { id: string; presence: { bytesHere: number; state: string } }[] }>('/api/cases')).cases
  let findings = 0
  let acts = 0
  let receipts = 0
  for (const { id } of entries) {
    const view = await ask<CaseView>(`/api/cases/${id}`)
    findings += view.record.findings.length
    acts += view.acts.filter(it => it.mine).length
    receipts += view.acts.filter(it => it.mine && it.receipt).length
  }
  await click('lock')
  await see('locked')
  await shot('locked')
  const wrong = page.getByTestId('locked').locator('input[type=password]')
  await wrong.fill('not the passphrase')
  await wrong.press('Enter')
  await page.getByTestId('unlock-tries').waitFor()
  await shot('wrong-passphrase')
  await wrong.fill(PASSPHRASE)
  await wrong.press('Enter')
  await see('identity-strip')
  await shot('unlocked')
  return {
    casesSynced: entries.filter(it => it.presence.state === 'complete').length,
    bytesSynced: entries.reduce((sum, it) => sum + it.presence.bytesHere, 0),
    findings,
    readsDrawn: reads,
    actsRecorded: acts,
    receipts: Math.min(receipts, sync.outbox.accepted),
    offlineSteps,
    reportPages: pages,
  }
}

type Hands = ReturnType<typeof createHands>

/** What a person does: look for a thing, press it, wait until the page is quiet. */
function createHands({ page }: { readonly page: Page }, shot: (name: string) => Promise<void>) {
  const see = (id: string) => page.getByTestId(id).first().waitFor({ timeout: 30_000 })
  const click = async (id: string) => {
    await page.getByTestId(id).first().click({ timeout: 30_000 })
  }
  const settle = () => page.waitForTimeout(400)
  const until = async (done: () => Promise<boolean>, what: string, ms = 60_000) => {
    const end = Date.now() + ms
    while (!(await done())) {
      if (Date.now() > end) throw new Error(`not reached: ${what}`)
      await page.waitForTimeout(200)
    }
    await settle()
  }
  return {
    page,
    see,
    click,
    settle,
    until,
    shot: async (name: string) => {
      await settle()
      await shot(name)
    },
    /** Asks the backend as the page does. */
    ask: <T>(path: string): Promise<T> =>
      page.evaluate(async at => {
        const response = await fetch(at)
        if (!response.ok) throw new Error(`${at}: ${response.status}`)
        return response.json()
      }, path) as Promise<T>,
    async bytes(path: string): Promise<Buffer> {
      const base64 = await page.evaluate(async at => {
        const bytes = new Uint8Array(await (await fetch(at)).arrayBuffer())
        let text = ''
        for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192))
        return btoa(text)
      }, path)
      return Buffer.from(base64, 'base64')
    },
    /** Waits until the viewer is quiet and answers how many alignments it holds. */
    async readsDrawn(): Promise<number> {
      const pane = page.locator('[data-testid=reads-pane][data-busy=false]')
      await pane.waitFor({ timeout: 60_000 })
      await until(async () => Number(await page.getByTestId('reads-pane').getAttribute('data-reads')) > 0, 'reads', 20_000).catch(
        () => undefined,
      )
      return Number((await page.getByTestId('reads-pane').getAttribute('data-reads')) ?? 0)
    },
    /** Clicks through the middle of the reads, where the variant stands: bars and bases. */
    async clickReads(): Promise<void> {
      const box = await page.getByTestId('genome-viewer').boundingBox()
      if (!box) throw new Error('no viewer on screen')
      for (const share of [0.42, 0.5, 0.56, 0.62, 0.7]) {
        await page.mouse.click(box.x + box.width * 0.5, box.y + box.height * share)
        // Two clicks close together would be one double click, which zooms.
        await page.waitForTimeout(700)
      }
    },
    async decide({
      returns,
      kind,
      text,
      dissent,
    }: {
      returns: string
      kind: string
      text: string
      dissent?: { name: string; text: string }
    }): Promise<void> {
      await click(`return-${returns}`)
      await page.getByTestId('recommendation-kind').selectOption(kind)
      await page.getByTestId('recommendation-text').fill(text)
      if (dissent) {
        await click('add-dissent')
        await page.getByTestId('dissent-name-0').fill(dissent.name)
        await page.getByTestId('dissent-text-0').fill(dissent.text)
      }
      await click('record-decision')
      await see('recorded-decision')
    },
  }
}
