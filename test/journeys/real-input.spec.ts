import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import type { CaseView } from '#domain/contract.ts'
import type { Finding } from '#domain/finding.ts'
import { startDemoCentre } from '../../electron/launch/demo-centre.mjs'
import { driveElectron, driveLoopback } from '../tour/driver.ts'
import { createRealFolders, REAL_IS_HERE } from './support/real-folders.ts'

const PASSPHRASE = 'seven quiet herons over the lake 19'
/** Length of chromosome 11 (NCBI assembly reports), which tells the two assemblies apart. */
const CHR11 = { GRCh37: 135_006_516, GRCh38: 135_086_622 }

for (const shell of ['loopback', 'electron'] as const) {
  test(`cases made of real files open and draw on the assembly they are on, or are refused (${shell})`, async () => {
    const info = test.info()
    test.skip(!REAL_IS_HERE, 'the real files are not beside the checkout (../shared/real)')
    const root = mkdtempSync(join(tmpdir(), 'panelbench-real-'))
    const folders = createRealFolders(root)
    const profile = join(root, 'profile')
    const centre = await startDemoCentre({ profile, dir: join(root, 'centre') })
    const add = (folder: string) => centre.command('add', folder).caseId as string
    const drive = shell === 'electron' ? driveElectron : driveLoopback
    const env = { PANELBENCH_POLL_MS: '1500', PANELBENCH_RESERVE_BYTES: '4000000' }
    const driven = await drive({ profile, centre: centre.origin, env })
    const { page } = driven
    page.setDefaultTimeout(20_000)
    const problems: string[] = []
    page.on('pageerror', failure => problems.push(String(failure)))
    const picture = (name: string) => page.screenshot({ path: info.outputPath(`${name}.png`) })
    try {
      const longReads = add(folders.longReads())
      const trio = add(folders.trio())
      const pair = add(folders.tumourAndNormal())
      expect(() => add(folders.twoAssemblies())).toThrow(/wrong-assembly: \S+\.bam: GRCh3[78], where \S+\.bam is on GRCh3[78]/)
      const claims = add(await folders.claimsGRCh38())
      const index = add(await folders.wrongIndex())

      await driven.signIn('kono', 'kono-demo-2026', () => centre.command('code', 'kono').code as string)
      await page.getByTestId('passphrase').fill(PASSPHRASE)
      await page.getByTestId('passphrase-again').fill(PASSPHRASE)
      await page.getByTestId('set-passphrase').click()
      await expect
        .poll(() => complete(page), { timeout: 90_000 })
        .toEqual(expect.arrayContaining([longReads, trio, pair, claims, index]))
      await picture('worklist')

      await test.step('long reads of GRCh38, without any finding, are drawn where the person goes', async () => {
        await openFindings(page, longReads)
        await goTo(page, 'chr11:119,076,212')
        expect(await readsDrawn(page)).toBeGreaterThan(5)
        await picture('long-reads-by-position')
        await goTo(page, 'chr11:119,090,001-119,094,000')
        expect(await readsDrawn(page)).toBeGreaterThan(10)
        await expect(page.getByTestId('reads-locus')).toContainText('GRCh38')
        await expect(page.getByTestId('reads-problem')).toHaveCount(0)
        await expectNotes(page, { genes: true })
        expect(await endOfChr11(page)).toBe(CHR11.GRCh38)
        await picture('long-reads')
      })

      await test.step('the trio on GRCh37 lists its thousands of findings and scrolls to the last', async () => {
        const { record } = await openFindings(page, trio)
        expect(record.assembly).toBe('GRCh37')
        expect(record.findings.length).toBeGreaterThan(7000)
        expect(record.phenotypes.length).toBe(13)
        const list = page.getByTestId('finding-list')
        await expect(list).toHaveAttribute('aria-rowcount', String(record.findings.length))
        await picture('trio-findings')
        // Drawn in parts: never as many rows as there are findings.
        expect(await list.locator('[data-testid^=finding-]').count()).toBeLessThan(100)
        await list.evaluate(it => it.scrollTo({ top: it.scrollHeight }))
        // Rows are made as they come into view: the last is there when it no longer changes.
        await page.waitForTimeout(1000)
        const end = await lastRow(page)
        expect(await list.evaluate(it => it.scrollTop)).toBeGreaterThan(record.findings.length * 25)
        await page.getByTestId(end).click()
        await expect(page.getByTestId(end)).toHaveAttribute('aria-selected', 'true')
        await picture('trio-last-finding')
      })

      await test.step('a structural finding of a tumour on GRCh37 opens both breakpoints with reads drawn', async () => {
        const { record } = await openFindings(page, pair)
        expect(record.assembly).toBe('GRCh37')
        const event = eventBetween(record.findings)
        await page.getByTestId(`finding-${event.id}`).click()
        expect(await readsDrawn(page)).toBeGreaterThan(500)
        const locus = page.getByTestId('reads-locus')
        await expect(locus).toContainText('GRCh37')
        await expect(locus).toContainText(/chr8.*chr11|chr11.*chr8/)
        await expectNotes(page, { genes: false })
        await expect(page.getByTestId('reads-problem')).toHaveCount(0)
        await picture('tumour-both-breakpoints')
        expect(await drawnTracks(page)).toEqual(2)
        await page.getByTestId('tab-structural').click()
        expect(await readsDrawn(page)).toBeGreaterThan(500)
        await expect(locus).toContainText(/GRCh37.*chr8:107,65.*chr11:94,98/)
        await picture('tumour-structural')
        // Zoomed and resized, the view still says where it is.
        await page.getByRole('button', { name: '拡大' }).click()
        await driven.resize(1303, 777)
        await page.waitForTimeout(1000)
        await expect(locus).toContainText(/GRCh37.*chr8:107,65.*chr11:94,98/)
        await driven.resize(1440, 900)
        await page.getByTestId('tab-findings').click()
        await readsDrawn(page)
        expect(await endOfChr11(page)).toBe(CHR11.GRCh37)
        await picture('tumour-end-of-chr11')
      })

      await test.step('a record that claims GRCh38 for reads of GRCh37: those and a cut-off file are refused, the good file is drawn', async () => {
        await openFindings(page, claims)
        await goTo(page, 'chr11:119,090,001-119,094,000')
        expect(await readsDrawn(page)).toBeGreaterThan(10)
        const said = page.getByTestId('reads-problem')
        await expect(said).toHaveCount(2)
        await expect(said.filter({ hasText: 'GRCh37 ≠ GRCh38' })).toHaveCount(1)
        await expect(said.filter({ hasText: '途中で切れているか壊れています' })).toHaveCount(1)
        await picture('wrong-assembly-and-damaged')
        // Where the GRCh37 reads lie by their own numbers nothing may appear.
        await goTo(page, 'chr11:94,975,700-94,975,900')
        await expect.poll(() => readsNow(page)).toBe(0)
        await picture('wrong-assembly-at-its-own-numbers')
      })

      await test.step('an index that is another file’s is refused, the file beside it is drawn', async () => {
        const { record } = await openFindings(page, index)
        await page.getByTestId(`finding-${eventBetween(record.findings).id}`).click()
        expect(await readsDrawn(page)).toBeGreaterThan(500)
        const said = page.getByTestId('reads-problem')
        await expect(said).toHaveCount(1)
        await expect(said).toContainText('索引がこのリードファイルのものではありません')
        await picture('wrong-index')
      })

      expect(driven.outside()).toEqual([])
      expect(problems).toEqual([])
    } catch (failure) {
      await picture('failed').catch(() => undefined)
      throw failure
    } finally {
      await driven.stop().catch(() => undefined)
      centre.stop()
      await centre.exited
      rmSync(root, { recursive: true, force: true })
    }
  })
}

function ask<T>(page: Page, path: string): Promise<T> {
  return page.evaluate(async at => (await fetch(at)).json(), path) as Promise<T>
}

async function complete(page: Page): Promise<readonly string[]> {
  const { cases } = await ask<{ cases?: { id: string; presence: { state: string } }[] }>(page, '/api/cases')
  return (cases ?? []).filter(it => it.presence.state === 'complete').map(it => it.id)
}

async function openFindings(page: Page, caseId: string): Promise<CaseView> {
  await page.getByTestId('rail-cases').click()
  await page.getByTestId(`case-row-${caseId}`).click()
  await page.keyboard.press('Enter')
  await page.getByTestId('overview').waitFor()
  await page.getByTestId('tab-findings').click()
  return await ask<CaseView>(page, `/api/cases/${caseId}`)
}

async function goTo(page: Page, text: string): Promise<void> {
  await page.locator('[data-testid=reads-pane][data-busy=false]').waitFor()
  const field = page.getByTestId('go-to')
  await field.fill(text)
  await field.press('Enter')
  // It empties itself when the place was found.
  await expect(field).toHaveValue('')
}

async function readsNow(page: Page): Promise<number> {
  return Number(await page.locator('[data-testid=reads-pane][data-busy=false]').getAttribute('data-reads'))
}

/** Alignments that the viewer holds once it is quiet; 0 when there are none after a while. */
async function readsDrawn(page: Page): Promise<number> {
  await expect.poll(() => readsNow(page), { timeout: 30_000 }).toBeGreaterThan(0)
  await page.waitForTimeout(500)
  return readsNow(page)
}

/** Whether it says that genes of this assembly are not in the package. */
async function expectNotes(page: Page, { genes }: { readonly genes: boolean }): Promise<void> {
  const note = page.getByTestId('reads-pane').getByText('この参照配列の遺伝子は同梱していません')
  await expect(note).toHaveCount(genes ? 0 : 1)
}

/** Goes behind the end of chromosome 11: the view ends where the assembly does. */
async function endOfChr11(page: Page): Promise<number> {
  await goTo(page, 'chr11:134,990,001-136,000,000')
  const locus = page.getByTestId('reads-locus')
  await expect(locus).toContainText('chr11:13')
  // A position of no chromosome of this assembly is not gone to.
  const field = page.getByTestId('go-to')
  await field.fill('chr11:200,000,000')
  await field.press('Enter')
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await field.press('Escape')
  const [, end = ''] = ((await locus.textContent()) ?? '').match(/chr11:[\d,]+[-–]([\d,]+)/) ?? []
  return Number(end.replaceAll(',', ''))
}

async function lastRow(page: Page): Promise<string> {
  return (await page.getByTestId('finding-list').locator('[data-testid^=finding-]').last().getAttribute('data-testid')) ?? ''
}

function eventBetween(findings: readonly Finding[]): Finding {
  const event = findings.find(it => new Set(it.breakpoints?.map(end => end.locus.contig)).size === 2)
  if (!event) throw new Error('no event between two chromosomes')
  return event
}

/** Tracks whose canvases hold ink, of those that igv drew reads in. */
function drawnTracks(page: Page): Promise<number> {
  return page.evaluate(() => {
    const root = [...document.querySelectorAll('[data-testid=genome-viewer] *')].find(it => it.shadowRoot)?.shadowRoot
    const rows = new Map<number, number>()
    for (const canvas of root?.querySelectorAll<HTMLCanvasElement>('.igv-viewport canvas') ?? []) {
      if (canvas.width === 0 || canvas.height < 100) continue
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] as never }
      let ink = 0
      for (let at = 0; at < data.length; at += 4) if ((data[at + 3] ?? 0) > 0 && (data[at] ?? 255) < 250) ink += 1
      const top = Math.round(canvas.getBoundingClientRect().top)
      rows.set(top, (rows.get(top) ?? 0) + ink)
    }
    return [...rows.values()].filter(ink => ink > 2000).length
  })
}
