import { useEffect, useRef, useState } from 'react'
import type { Problem } from '#domain/problems.ts'
import { asProblem, problemOf } from '../../backend.ts'
import { useWords } from '../../desk.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { type OpenPdf, openPdf } from './pdf-pages.ts'

function Page({ pdf, number, width }: { readonly pdf: OpenPdf; readonly number: number; readonly width: number }) {
  const { report } = useWords()
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const at = canvas.current
    if (at) void pdf.draw(number, at, width, Math.max(2, window.devicePixelRatio)).catch(() => {})
  }, [pdf, number, width])
  return (
    <canvas
      ref={canvas}
      className="sheet"
      role="img"
      aria-label={report.page(number, pdf.pages)}
      data-testid={`report-page-${number}`}
    />
  )
}

/** The PDF as it will be printed. `url` names which one; `stamp` changes when the records it rests on change. */
export function ReportPreview({ url, stamp, width }: { readonly url: string; readonly stamp: string; readonly width: number }) {
  const words = useWords()
  const [pdf, setPdf] = useState<OpenPdf | undefined>(undefined)
  const [problem, setProblem] = useState<Problem | undefined>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `stamp` stands for the records behind the url.
  useEffect(() => {
    const stop = new AbortController()
    let opened: OpenPdf | undefined
    const load = async () => {
      setProblem(undefined)
      try {
        const response = await fetch(url, { signal: stop.signal, cache: 'no-store' })
        if (!response.ok) throw await problemOf(response)
        opened = await openPdf(await response.arrayBuffer())
        if (stop.signal.aborted) await opened.close()
        else setPdf(opened)
      } catch (thrown) {
        if (!stop.signal.aborted) setProblem(asProblem(thrown))
      }
    }
    void load()
    return () => {
      stop.abort()
      setPdf(undefined)
      void opened?.close()
    }
  }, [url, stamp])
  if (problem)
    return (
      <div className="pad">
        <ProblemNote problem={problem} />
      </div>
    )
  if (!pdf)
    return (
      <div className="centre sec">
        <span className="row">
          <span className="spin" /> {words.report.rendering}
        </span>
      </div>
    )
  return (
    <div className="sheets" data-testid="report-preview" data-pages={pdf.pages}>
      {Array.from({ length: pdf.pages }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a page is its number.
        <Page key={`${url}|${i + 1}`} pdf={pdf} number={i + 1} width={width} />
      ))}
    </div>
  )
}
