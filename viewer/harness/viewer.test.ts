import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CaseRecord } from '#domain/case.ts'
import type { Harness } from './harness-window.ts'
import { buildHarness, serveHarness } from './server.mjs'

/*
 * The viewer in a real browser under the page's policy. Needs a Chromium (CHROMIUM or /usr/bin/chromium) and the built reference data;
 * the real files are looked for at ../shared/real.
 */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const REAL = resolve('../shared/real')
const FIXTURES = resolve('fixtures/cases')
const ready = existsSync(CHROMIUM) && existsSync('dist/reference/GRCh38/sizes.json') && existsSync(join(FIXTURES, 'lung'))

describe.skipIf(!ready)('the viewer in a browser (needs Chromium, dist/reference, fixtures)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'viewer-'))
  let browser: Browser
  let server: Awaited<ReturnType<typeof serveHarness>>
  let page: Page
  let outside: string[]
  let answers: { readonly url: string; readonly status: number }[]

  beforeAll(async () => {
    await buildHarness()
    server = await serveHarness({ cases: { made: folder } })
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    rmSync(folder, { recursive: true })
  })
  beforeEach(async () => {
    outside = []
    answers = []
    page = await browser.newPage({ viewport: { width: 1100, height: 700 } })
    page.on('request', request => {
      if (!request.url().startsWith(server.origin) && !request.url().startsWith('data:')) outside.push(request.url())
    })
    page.on('response', response => answers.push({ url: response.url(), status: response.status() }))
  })
  afterEach(async () => {
    // Holds for whatever was done: nothing left the origin, nothing broke the policy, no read file came whole.
    expect(outside).toEqual([])
    expect(await page.evaluate((): Harness['violations'] | undefined => window.harness?.violations)).toEqual([])
    expect(answers.filter(it => /\.(bam|cram)$/.test(it.url) && it.status !== 206 && it.status !== 200)).toEqual([])
    await page.close()
  })

  async function open(query: string) {
    await page.goto(`${server.origin}/?${query}`)
    await page.waitForFunction(() => window.harness ?? window.failure)
    expect(await page.evaluate(() => window.failure)).toBeUndefined()
    return stateNow()
  }
  const stateNow = () => page.evaluate(() => window.harness?.viewer.state())
  const chooseFinding = (at: number) =>
    page.evaluate(async index => {
      const finding = window.harness?.record.findings[index]
      if (finding) await window.harness?.viewer.showFinding(finding)
      return window.harness?.viewer.state()
    }, at)
  /** How many pixels of the read canvases are not white, over all panes of a track row. */
  const inked = () =>
    page.evaluate(() => {
      const root = document.querySelector('#viewer')?.shadowRoot
      const canvases = [...(root?.querySelectorAll<HTMLCanvasElement>('.igv-viewport canvas') ?? [])]
      return canvases.map(canvas => {
        if (canvas.width === 0 || canvas.height === 0) return 0
        const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] as never }
        let count = 0
        for (let at = 0; at < data.length; at += 4) if ((data[at + 3] ?? 0) > 0 && (data[at] ?? 255) < 250) count += 1
        return count
      })
    })
  const lung = JSON.parse(readFileSync(join(FIXTURES, 'lung/case.json'), 'utf8')) as CaseRecord
  const indexOf = (title: string) => lung.findings.findIndex(it => it.title.startsWith(title))

  test('a tumour CRAM, a normal BAM and RNA are drawn at a small variant, with its supporting reads', async () => {
    const state = await open(`case=lung&finding=${indexOf('TP53 p.(Arg175His)')}`)
    expect(state?.problems).toEqual({})
    expect(state?.loci).toEqual([{ contig: 'chr17', start: 7_675_047, end: 7_675_128 }])
    expect(state?.supporting['reads:tumour.cram']).toBeGreaterThan(20)
    expect(state?.supporting['reads:normal.bam']).toBe(0)
    expect((await inked()).filter(count => count > 2000).length).toBeGreaterThanOrEqual(4)
  })

  test('an event shows both breakpoints side by side; the same browser then moves to another finding', async () => {
    const state = await open(`case=lung&finding=${indexOf('EML4::ALK')}`)
    expect(state?.loci.map(it => [it.contig, it.start < 42_298_100 && it.end > 29_224_600])).toEqual([
      ['chr2', true],
      ['chr2', true],
    ])
    expect(state?.loci[1]?.start).toBe(29_224_200)
    expect(state?.options).toMatchObject({ softClips: true, colorBy: 'unexpectedPair' })
    expect(state?.supporting['reads:normal.bam']).toBe(0)
    expect(state?.supporting['reads:tumour.cram']).toBeGreaterThan(50)
    const moved = await chooseFinding(indexOf('CTNNB1'))
    expect(moved?.loci).toHaveLength(1)
    expect(moved?.options).toMatchObject({ softClips: false, colorBy: 'strand' })
  })

  test('supporting reads alone: fewer are drawn, none is lost', async () => {
    const before = await open(`case=lung&finding=${indexOf('EML4::ALK')}`)
    const drawn = (await inked()).reduce((a, b) => a + b, 0)
    await page.evaluate(() => window.harness?.viewer.setOptions({ supportingOnly: true }))
    await page.waitForTimeout(500)
    expect((await inked()).reduce((a, b) => a + b, 0)).toBeLessThan(drawn)
    expect((await stateNow())?.alignments).toEqual(before?.alignments)
  })

  test('clicks on a mismatching base and on a coloured coverage bar give facts to us, open no pop-up and ask nobody', async () => {
    await open(`case=lung&finding=${indexOf('TP53 p.(Arg175His)')}`)
    const box = await page.evaluate(() => {
      const root = document.querySelector('#viewer')?.shadowRoot
      const rows = [...(root?.querySelectorAll('.igv-viewport') ?? [])].map(it => it.getBoundingClientRect())
      const row = rows.find(it => it.height > 100 && it.width > 500)
      return row && { x: row.x, y: row.y, width: row.width }
    })
    if (!box) throw new Error('no reads were drawn')
    // The variant is the middle base of the window.
    for (const [at, y] of [30, 62].entries()) {
      await page.mouse.click(box.x + box.width / 2, box.y + y)
      await page.waitForFunction(count => window.harness?.clicks.length === count, at + 1)
      // Two clicks within igv's double-click time zoom in, wherever they are.
      await page.waitForTimeout(400)
    }
    const clicks = (await page.evaluate(() => window.harness?.clicks)) as { facts: unknown[]; track: string }[]
    expect(clicks.map(it => it.track)).toEqual(['腫瘍 T1', '腫瘍 T1'])
    expect(JSON.stringify(clicks[0]?.facts)).toMatch(/Total count/i)
    expect(JSON.stringify(clicks[1]?.facts)).toMatch(/Read Name/i)
    expect(JSON.stringify(clicks)).not.toMatch(/clinvar/i)
    await page.mouse.click(box.x + box.width / 2, box.y + 62, { button: 'right' })
    await page.waitForTimeout(300)
    const shown = await page.evaluate(
      () =>
        [
          ...(document.querySelector('#viewer')?.shadowRoot?.querySelectorAll<HTMLElement>('.igv-menu-popup, .igv-ui-popover') ??
            []),
        ].filter(it => getComputedStyle(it).display !== 'none' && it.textContent.trim() !== '').length,
    )
    expect(shown).toBe(0)
  })

  test('a gene by its old name, a position, and a word that is nothing', async () => {
    await open('case=lung&finding=4')
    const go = (text: string) => page.evaluate(word => window.harness?.viewer.goTo(word), text)
    expect(await go('MLL')).toBe(true)
    expect((await stateNow())?.loci[0]?.contig).toBe('chr11')
    expect(await go('17:7,675,088')).toBe(true)
    expect(await go('no such thing')).toBe(false)
  })

  test('a cut-off file says so by itself; the other tracks stay', async () => {
    for (const { id } of lung.files) symlinkSync(join(FIXTURES, 'lung', id), join(folder, id))
    rmSync(join(folder, 'normal.bam'))
    writeFileSync(join(folder, 'normal.bam'), readFileSync(join(FIXTURES, 'lung/normal.bam')))
    truncateSync(join(folder, 'normal.bam'), 400_000)
    rmSync(join(folder, 'rna.bam.bai'))
    symlinkSync(join(FIXTURES, 'trio/proband.bam.bai'), join(folder, 'rna.bam.bai'))
    writeFileSync(join(folder, 'case.json'), JSON.stringify(lung))
    const state = await open(`case=made&finding=${indexOf('TP53 p.(Arg175His)')}`)
    expect(state?.problems).toMatchObject({ 'reads:normal.bam': { code: 'reads-damaged' } })
    expect(state?.problems['reads:rna.bam']?.code).toBe('index-mismatch')
    expect(state?.alignments['reads:tumour.cram']).toBeGreaterThan(100)
  })

  test.skipIf(!existsSync(REAL))('reads of GRCh37 are refused in a case on GRCh38 (real file, ../shared/real)', async () => {
    const source = join(REAL, 'hcc1954-manta/src/demo/data/HCC1954.NORMAL.30x.compare.COST16011_region.bam')
    makeRealCase(folder, source, { contig: 'chr11', start: 94_975_700, end: 94_975_800 })
    const state = await open('case=made&finding=0')
    expect(state?.problems['reads:real.bam']).toEqual({
      code: 'wrong-assembly',
      values: { found: 'GRCh37', expected: 'GRCh38' },
    })
  })

  test.skipIf(!existsSync(REAL))('real nanopore reads are drawn in a case that carries no bases (../shared/real)', async () => {
    const source = join(REAL, 'hg002-ont-chr11/HG002_chr11_119076212_119102218_2.bam')
    makeRealCase(folder, source, { contig: 'chr11', start: 119_090_000, end: 119_090_001 })
    const state = await open('case=made&finding=0')
    expect(state?.problems).toEqual({})
    expect(state?.alignments['reads:real.bam']).toBeGreaterThan(5)
  })

  /** A case of one real read file, served from where it lies. */
  function makeRealCase(at: string, bam: string, locus: { contig: string; start: number; end: number }) {
    for (const name of ['real.bam', 'real.bam.bai', 'case.json']) rmSync(join(at, name), { force: true })
    symlinkSync(bam, join(at, 'real.bam'))
    symlinkSync(`${bam}.bai`, join(at, 'real.bam.bai'))
    const finding = lung.findings.find(it => it.kind === 'snv')
    const record: CaseRecord = {
      ...lung,
      files: [
        { id: 'real.bam', role: 'reads', format: 'bam', specimen: 'T1' },
        { id: 'real.bam.bai', role: 'reads-index', format: 'bai', specimen: 'T1', indexOf: 'real.bam' },
      ],
      findings: finding ? [{ ...finding, locus }] : [],
    }
    writeFileSync(join(at, 'case.json'), JSON.stringify(record))
  }
})
