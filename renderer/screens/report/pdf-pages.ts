import './with-resolvers.ts'
import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'

// The legacy build carries what Chrome 114 lacks.
GlobalWorkerOptions.workerSrc = workerUrl

export interface OpenPdf {
  readonly pages: number
  /** Draws one page (1-based) into `canvas`, `width` CSS px wide; `ratio` device pixels per CSS px. */
  draw(page: number, canvas: HTMLCanvasElement, width: number, ratio: number): Promise<void>
  close(): Promise<void>
}

/** Opens the bytes of a PDF. Fonts are in the file; nothing is fetched and nothing in it is executed. */
export async function openPdf(data: ArrayBuffer): Promise<OpenPdf> {
  const task = getDocument({ data: new Uint8Array(data), enableXfa: false, useSystemFonts: false })
  const document: PDFDocumentProxy = await task.promise
  return {
    pages: document.numPages,
    async draw(number, canvas, width, ratio) {
      const page = await document.getPage(number)
      const scale = (width / page.getViewport({ scale: 1 }).width) * ratio
      const viewport = page.getViewport({ scale })
      canvas.width = Math.floor(viewport.width)
      canvas.height = Math.floor(viewport.height)
      canvas.style.width = `${width}px`
      canvas.style.height = `${Math.floor(viewport.height / ratio)}px`
      const canvasContext = canvas.getContext('2d')
      if (canvasContext) await page.render({ canvasContext, viewport }).promise
    },
    close: () => task.destroy(),
  }
}
