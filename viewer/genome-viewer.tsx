import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { CaseRecord } from '#domain/case.ts'
import type { Finding } from '#domain/finding.ts'
import type { ClickedFact } from './igv.ts'
import type { ReadRange } from './ranged-file.ts'
import { createViewer, type Viewer, type ViewerState } from './viewer.ts'
import type { EventPart } from './window-of.ts'

export interface GenomeViewerProps {
  readonly record: CaseRecord
  readonly finding: Finding | undefined
  readonly part?: EventPart
  readonly read: (fileId: string) => ReadRange
  readonly language: 'ja' | 'en'
  readonly onState?: (state: ViewerState) => void
  readonly onClick?: (facts: readonly ClickedFact[], track: string) => void
  readonly onProblem?: (failure: unknown) => void
  readonly handle?: RefObject<Viewer | null>
}

/** The genome view of one case. A new finding moves it; only a new case or language makes it anew. */
export function GenomeViewer({ record, finding, part, read, language, onState, onClick, onProblem, handle }: GenomeViewerProps) {
  const box = useRef<HTMLDivElement>(null)
  const [viewer, setViewer] = useState<Viewer | null>(null)
  const callbacks = useRef({ onState, onClick, onProblem })
  callbacks.current = { onState, onClick, onProblem }
  useImperativeHandle(handle, () => viewer as Viewer, [viewer])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a re-delivered record of the same version is the same case
  useEffect(() => {
    const element = box.current
    if (!element) return
    let made: Viewer | undefined
    let gone = false
    const frame = document.createElement('div')
    element.append(frame)
    createViewer(frame, { record, read, language, height: element.clientHeight })
      .then(it => {
        made = it
        if (gone) {
          it.dispose()
          return
        }
        it.on(state => callbacks.current.onState?.(state))
        it.onClick((facts, track) => callbacks.current.onClick?.(facts, track))
        setViewer(it)
      })
      .catch(failure => callbacks.current.onProblem?.(failure))
    return () => {
      gone = true
      made?.dispose()
      frame.remove()
      setViewer(null)
    }
  }, [record.id, language])

  useEffect(() => {
    if (viewer && finding) viewer.showFinding(finding, part).catch(failure => callbacks.current.onProblem?.(failure))
  }, [viewer, finding, part])

  return <div ref={box} className="genome-viewer" data-testid="genome-viewer" />
}
