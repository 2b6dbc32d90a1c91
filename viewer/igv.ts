import igvModule from 'igv/dist/igv.esm.js'
import type { ReadRange } from './ranged-file.ts'

/*
 * The one place that knows igv.js 3.8.10, typed by us: its own types are partial and partly wrong. Internals that are used are named
 * here and nowhere else. Its outside calls are cut at build time (igv-offline-plugin.mjs).
 */

/** What igv takes for a `File`: an own `name`, ranges by `slice`, and the whole by `arrayBuffer`. */
export interface FileLike {
  readonly name: string
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> }
  arrayBuffer(): Promise<ArrayBuffer>
}

export function fileLike(name: string, file: ReadRange, signal?: AbortSignal): FileLike {
  const bytes = async (start: number, end: number) => (await file.read(start, end, signal)).buffer
  return {
    name,
    slice: (start, end) => ({ arrayBuffer: () => bytes(start, end) }),
    arrayBuffer: async () => bytes(0, await file.size()),
  }
}

export function textFile(name: string, text: string): FileLike {
  const bytes = new TextEncoder().encode(text)
  return {
    name,
    slice: (start, end) => ({ arrayBuffer: async () => bytes.slice(start, end).buffer }),
    arrayBuffer: async () => bytes.slice().buffer,
  }
}

export interface IgvFeature {
  readonly chr: string
  readonly start: number
  readonly end: number
  readonly name?: string
  readonly strand?: string
  readonly cdStart?: number
  readonly cdEnd?: number
  readonly color?: string
  readonly exons?: readonly {
    readonly start: number
    readonly end: number
    readonly cdStart?: number
    readonly cdEnd?: number
    readonly utr?: boolean
  }[]
}

export interface TrackConfig {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly [option: string]: unknown
}

export interface IgvTrack {
  readonly id?: string
  readonly name: string
  readonly type: string
  readonly trackView?: IgvTrackView
  readonly alignmentTrack?: IgvAlignmentTrack
  getCachedAlignmentContainers?(): readonly (IgvAlignments | undefined)[]
  sort?(options: { chr: string; position: number; option: string; direction: string }): void
}

interface IgvAlignmentTrack {
  colorBy?: string
  showSoftClips?: boolean
  viewAsPairs?: boolean
  /** A name of igv's, or a rule of ours (the hook in igv-offline-plugin.mjs). */
  groupBy?: string | ReadGrouping
  displayMode?: string
}

/** The reads igv holds for one pane. */
interface IgvAlignments {
  readonly chr: string
  allAlignments?(): readonly IgvAlignment[]
  pack?(track: IgvAlignmentTrack): void
}

/** One alignment as igv decoded it from BAM or CRAM; two of them in `firstAlignment` and `secondAlignment` when drawn as a pair. */
export interface IgvAlignment {
  readonly chr: string
  readonly start: number
  readonly lengthOnRef: number
  readonly scStart: number
  readonly scLengthOnRef: number
  readonly mate?: { readonly chr: string; readonly position: number }
  readonly insertions?: readonly { readonly start: number; readonly len: number }[]
  readonly gaps?: readonly { readonly start: number; readonly len: number; readonly type: string }[]
  readonly firstAlignment?: IgvAlignment
  readonly secondAlignment?: IgvAlignment
  isProperPair(): boolean
  isMateMapped(): boolean
  getTag(name: string): unknown
  readBaseAt(position: number): string | undefined
}

/** Groups reads by a rule of ours; reads of a group that it hides are kept but not drawn. */
export interface ReadGrouping {
  of(alignment: IgvAlignment): string
  hides(group: string): boolean
  /** igv asks its own group names this way. */
  startsWith(text: string): false
}

interface IgvTrackView {
  readonly track: IgvTrack
  readonly viewports: readonly { readonly featureCache?: { readonly features?: IgvAlignments } }[]
  repaintViews(): void
  checkContentHeight(): void
}

/** A part of what igv says about the thing that was clicked. */
export interface ClickedFact {
  readonly name?: string
  readonly value?: unknown
}

export interface IgvBrowser {
  readonly trackViews: readonly IgvTrackView[]
  loadTrack(config: TrackConfig): Promise<IgvTrack>
  removeTrack(track: IgvTrack): void
  /** Loci separated by spaces give panes side by side. 1-based, closed. */
  search(loci: string): Promise<boolean>
  currentLoci(): string | readonly string[]
  zoomIn(): Promise<void> | void
  zoomOut(): Promise<void> | void
  on(event: 'locuschange', listener: () => void): void
  on(
    event: 'trackclick',
    listener: (track: IgvTrack, facts: readonly ClickedFact[] | undefined, location?: number) => boolean | string | undefined,
  ): void
  loadROI(set: { name: string; color: string; features: readonly { chr: string; start: number; end: number }[] }): Promise<void>
  clearROIs(): void
  visibilityChange(): Promise<void>
  updateViews(): Promise<void>
  toSVG(): string
}

interface Igv {
  createBrowser(element: HTMLElement, config: Record<string, unknown>): Promise<IgvBrowser>
  removeBrowser(browser: IgvBrowser): void
}

export const igv = igvModule as unknown as Igv

/** How many alignments the panes of a track hold now; igv keeps them per viewport. */
export function alignmentsHeld(browser: IgvBrowser, trackId: string): number {
  const view = browser.trackViews.find(it => it.track.id === trackId)
  return (view?.viewports ?? []).reduce(
    (sum, viewport) => sum + (viewport.featureCache?.features?.allAlignments?.().length ?? 0),
    0,
  )
}

/** Changes display options of an alignment track in place; igv has no public setter for them. */
export function repaintTrack(browser: IgvBrowser, trackId: string, change: (track: IgvTrack) => void): void {
  const view = browser.trackViews.find(it => it.track.id === trackId)
  if (!view) return
  change(view.track)
  // Grouping, pairs and clips change which row a read lies in.
  for (const held of view.track.getCachedAlignmentContainers?.() ?? []) {
    if (view.track.alignmentTrack) held?.pack?.(view.track.alignmentTrack)
  }
  view.checkContentHeight()
  view.repaintViews()
}

/** All alignments that the panes of a track hold, with those that a grouping hides. */
export function heldAlignments(browser: IgvBrowser, trackId: string): readonly IgvAlignment[] {
  const view = browser.trackViews.find(it => it.track.id === trackId)
  return (view?.viewports ?? []).flatMap(viewport => viewport.featureCache?.features?.allAlignments?.() ?? [])
}

/**
 * Our rules in igv's shadow root: no closing of one pane of a pair, and a dark theme. igv paints white and knows no other theme, so the
 * picture is inverted and its hues turned back: bases and strands keep their colours.
 */
const DRESS = `
.igv-multi-locus-close-button { display: none !important; }
:host-context([data-mantine-color-scheme='dark']) .igv-container { filter: invert(0.91) hue-rotate(180deg); }
`

export function dress(element: HTMLElement): void {
  const root = element.shadowRoot
  if (!root) return
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(DRESS)
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
}
