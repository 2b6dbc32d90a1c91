import type { CaseRecord } from '#domain/case.ts'
import type { Finding } from '#domain/finding.ts'
import { type Locus, parseRegion, toRegion, widen } from '#domain/locus.ts'
import { Problem } from '#domain/problems.ts'
import { checkReads } from './check-reads.ts'
import { findingsConfig } from './findings-track.ts'
import { type Genome, geneFeature, loadGenome } from './genome.ts'
import { groupBySupport, isSupporting } from './group-by-support.ts'
import {
  alignmentsHeld,
  type ClickedFact,
  dress,
  fileLike,
  heldAlignments,
  type IgvBrowser,
  igv,
  repaintTrack,
  textFile,
} from './igv.ts'
import type { ReadRange } from './ranged-file.ts'
import { createReference, parseSlices, type Reference } from './reference.ts'
import {
  EVENT_OPTIONS,
  READS_WINDOW,
  type ReadsOptions,
  type ReadsTrack,
  readsConfig,
  readsTracks,
  SMALL_OPTIONS,
} from './tracks.ts'
import { AROUND_SMALL, type EventPart, endsOf, marksOf, onChromosome, windowOf } from './window-of.ts'

export interface ViewerOptions {
  readonly record: CaseRecord
  readonly read: (fileId: string) => ReadRange
  readonly language: 'ja' | 'en'
  /** Height of the box, px; the tracks share it. */
  readonly height: number
}

/** What is drawn now, and what could not be. */
export interface ViewerState {
  readonly loci: readonly Locus[]
  /** Alignments that igv holds for the panes, per track id. */
  readonly alignments: Readonly<Record<string, number>>
  readonly problems: Readonly<
    Record<string, { readonly code: string; readonly values: Readonly<Record<string, string | number>> }>
  >
  /** Of those, the ones that speak for the finding; what is drawn first, not a count to report. */
  readonly supporting: Readonly<Record<string, number>>
  readonly options: ReadsOptions
  readonly tooWide: boolean
  readonly busy: boolean
}

export interface Viewer {
  readonly genome: Genome
  readonly reference: Reference
  readonly tracks: readonly ReadsTrack[]
  state(): ViewerState
  on(listener: (state: ViewerState) => void): () => void
  onClick(listener: (facts: readonly ClickedFact[], track: string) => void): void
  show(loci: readonly Locus[]): Promise<void>
  showFinding(finding: Finding, part?: EventPart): Promise<void>
  /** A gene, an old symbol or a position; false when it is none of them. */
  goTo(text: string): Promise<boolean>
  setOptions(options: Partial<ReadsOptions>): void
  sortByBase(): void
  zoom(direction: 1 | -1): void
  pan(direction: 1 | -1): Promise<void>
  svg(): string
  dispose(): void
}

/** Sorting by base means something only where few bases are asked about. */
const SORTABLE = 60

/** One igv browser for one case. It moves from finding to finding and is never made anew for one. */
export async function createViewer(element: HTMLElement, { record, read, language, height }: ViewerOptions): Promise<Viewer> {
  const genome = await loadGenome(record.assembly)
  const reference = await loadReference(record, read, genome)
  const tracks = readsTracks(record, language)
  const problems: Record<string, { code: string; values: Readonly<Record<string, string | number>> }> = {}
  const listeners = new Set<(state: ViewerState) => void>()
  let clicked: ((facts: readonly ClickedFact[], track: string) => void) | undefined
  /** What the person chose goes before what suits the kind of finding. */
  let chosen: Partial<ReadsOptions> = {}
  let variant: Finding | undefined
  let busy = 0
  let disposed = false
  let moving: Promise<unknown> = Promise.resolve()

  const start = record.findings[0]
  const first = start ? windowOf(start) : [{ contig: genome.sizes[0]?.[0] ?? 'chr1', start: 0, end: 100 }]
  const browser: IgvBrowser = await igv.createBrowser(element, {
    loadDefaultGenomes: false,
    search: false,
    queryParametersSupported: false,
    showNavigation: false,
    showIdeogram: true,
    showRuler: true,
    showCenterGuide: false,
    showTrackLabels: true,
    // igv's own menus are in English, can remove tracks, and offer services that are cut out.
    showGearColumn: false,
    doubleClickDelay: 250,
    reference: {
      // Our own name: igv arms its outside services when it thinks it knows the genome.
      id: `panelbench-${record.assembly}`,
      name: record.assembly,
      fastaURL: fileLike('reference.fa', reference.fasta),
      indexURL: textFile('reference.fa.fai', reference.index),
      cytobandURL: genome.cytobandUrl,
      wholeGenomeView: false,
    },
    locus: first.map(toRegion),
    tracks: [],
  })

  dress(element)
  element.addEventListener('contextmenu', noMenu, { capture: true })
  browser.on('locuschange', () => tell())
  // igv builds its pop-up as HTML from what the file says: we take the facts and draw text ourselves.
  browser.on('trackclick', (track, facts) => {
    clicked?.(facts ?? [], track.name)
    return false
  })

  // The tracks share the box; below this a track shows too few rows to be read, and the box scrolls.
  const height1 = Math.max(140, Math.floor((height - 150) / Math.max(1, tracks.length)))
  if (genome.hasGenes)
    await track('genes', () =>
      browser.loadTrack({
        id: 'genes',
        type: 'annotation',
        name: 'Ensembl 110',
        reader: {
          readFeatures: async (chr: string, from: number, to: number) =>
            (await genome.genes(chr)).filter(it => it.b > from && it.a < to).map(it => geneFeature(chr, it)),
        },
        displayMode: 'COLLAPSED',
        height: 40,
        color: '#27479B',
        removable: false,
        order: 10,
        visibilityWindow: -1,
      }),
    )
  await track('findings', () => browser.loadTrack(findingsConfig(record, language)))
  // One after another: two at once fight for the same thread and both come late.
  for (const each of tracks) {
    await track(each.id, async () => {
      await checkReads(each, read, record.assembly, genome.sizes)
      await browser.loadTrack(readsConfig(each, read, height1, options()))
    })
  }

  async function track(id: string, load: () => Promise<unknown>): Promise<void> {
    if (disposed) return
    busy += 1
    tell()
    try {
      await load()
      delete problems[id]
    } catch (failure) {
      // One broken track says so and leaves the others alone; igv would refuse every later one while it stands.
      problems[id] =
        failure instanceof Problem ? { code: failure.code, values: failure.values } : { code: 'reads-damaged', values: {} }
      for (const { track: broken } of browser.trackViews.filter(it => it.track.id === id)) browser.removeTrack(broken)
    } finally {
      busy -= 1
      tell()
    }
  }

  function loci(): readonly Locus[] {
    const now = browser.currentLoci()
    // Once the view was zoomed, dragged or resized igv's own places have fractions of a base.
    const whole = (text: string) => text.replace(/\d+\.\d+/g, place => String(Math.max(1, Math.round(Number(place)))))
    return (typeof now === 'string' ? [now] : now).flatMap(text => parseRegion(whole(text)) ?? [])
  }

  function state(): ViewerState {
    const shown = loci()
    return {
      loci: shown,
      alignments: Object.fromEntries(tracks.map(it => [it.id, alignmentsHeld(browser, it.id)])),
      supporting: Object.fromEntries(tracks.map(it => [it.id, supporting(it)])),
      options: options(),
      problems: { ...problems },
      tooWide: shown.some(it => it.end - it.start > READS_WINDOW),
      busy: busy > 0,
    }
  }

  function options(): ReadsOptions {
    return { ...(variant?.breakpoints?.length ? EVENT_OPTIONS : SMALL_OPTIONS), ...chosen }
  }

  function supporting({ id, role }: ReadsTrack): number {
    const finding = variant
    return finding ? heldAlignments(browser, id).filter(it => isSupporting(it, finding, role === 'rna')).length : 0
  }

  /** Options that suit the finding, on every track; what igv loads next is packed by them too. */
  function applyOptions(): void {
    const now = options()
    for (const { id, role } of tracks) {
      repaintTrack(browser, id, ({ alignmentTrack }) => {
        if (!alignmentTrack) return
        alignmentTrack.colorBy = now.colorBy
        alignmentTrack.showSoftClips = now.softClips
        alignmentTrack.viewAsPairs = now.pairs
        alignmentTrack.groupBy = variant && groupBySupport(variant, role === 'rna', now.supportingOnly, language)
      })
    }
    sortByBase()
    tell()
  }

  function tell(): void {
    if (disposed || listeners.size === 0) return
    const now = state()
    for (const listener of listeners) listener(now)
  }

  /** Moves one after another; of several asked for while one is under way only the last is made. */
  let wanted = 0
  function show(where: readonly Locus[]): Promise<void> {
    const mine = ++wanted
    const step = moving.then(async () => {
      if (disposed || mine !== wanted) return
      busy += 1
      tell()
      try {
        const there = where.flatMap(it => onChromosome(it, genome.sizes) ?? [])
        if (there.length > 0) await browser.search(there.map(toRegion).join(' '))
      } finally {
        busy -= 1
        tell()
      }
    })
    moving = step.catch(() => undefined)
    return step
  }

  async function mark(where: readonly Locus[]): Promise<void> {
    browser.clearROIs()
    if (where.length > 0) {
      await browser.loadROI({
        name: 'finding',
        color: 'rgba(168,52,26,0.16)',
        features: where.map(it => ({ chr: it.contig, start: it.start, end: it.end })),
      })
    }
  }

  function sortByBase(): void {
    const at = variant?.locus
    if (!at || !variant || endsOf(variant) || at.end - at.start > SORTABLE) return
    // igv counts an insertion or deletion at the base after the anchor of the VCF.
    const position = at.start + (variant.ref?.length === variant.alt?.length ? 1 : 2)
    for (const { id } of tracks) {
      // igv throws when it holds nothing there, for example in RNA without coverage.
      if (alignmentsHeld(browser, id) === 0) continue
      browser.trackViews
        .find(it => it.track.id === id)
        ?.track.sort?.({ chr: at.contig, position, option: 'BASE', direction: 'ASC' })
    }
  }

  return {
    genome,
    reference,
    tracks,
    state,
    on(listener) {
      listeners.add(listener)
      listener(state())
      return () => listeners.delete(listener)
    },
    onClick(listener) {
      clicked = listener
    },
    show,
    async showFinding(finding, part) {
      variant = finding
      applyOptions()
      await show(windowOf(finding, part))
      if (variant !== finding || disposed) return
      await mark(marksOf(finding))
      sortByBase()
      tell()
    },
    async goTo(text) {
      const region = parseRegion(text)
      const named =
        region && genome.sizes.some(([name]) => name === region.contig)
          ? region
          : region
            ? { ...region, contig: `chr${region.contig}` }
            : undefined
      const locus = named && genome.sizes.some(([name]) => name === named.contig) ? named : (await genome.find(text, 1))[0]?.locus
      if (!locus || !onChromosome(locus, genome.sizes)) return false
      // One base would fill the screen: it is shown with what lies around it.
      await show([locus.end - locus.start < 2 * AROUND_SMALL ? widen(locus, AROUND_SMALL) : locus])
      return true
    },
    setOptions(change) {
      chosen = { ...chosen, ...change }
      applyOptions()
    },
    sortByBase,
    zoom(direction) {
      void (direction > 0 ? browser.zoomIn() : browser.zoomOut())
    },
    pan: direction =>
      show(
        loci().map(it => {
          const step = Math.max(1, Math.round((it.end - it.start) / 3)) * direction
          return { ...it, start: Math.max(0, it.start + step), end: Math.max(1, it.end + step) }
        }),
      ),
    svg: () => browser.toSVG(),
    dispose() {
      disposed = true
      listeners.clear()
      element.removeEventListener('contextmenu', noMenu, { capture: true })
      igv.removeBrowser(browser)
      element.replaceChildren()
    },
  }
}

function noMenu(event: Event): void {
  event.preventDefault()
  event.stopPropagation()
}

async function loadReference(record: CaseRecord, read: (fileId: string) => ReadRange, genome: Genome): Promise<Reference> {
  const file = record.files.find(it => it.role === 'reference' && it.format === 'fasta')
  if (!file) return createReference(genome.sizes, [])
  const source = read(file.id)
  const text = new TextDecoder().decode(await source.read(0, await source.size()))
  return createReference(genome.sizes, parseSlices(text))
}
