import './without-eval.ts'
import { CaseRecord } from '#domain/case.ts'
import { rangedFile } from '../ranged-file.ts'
import { createViewer } from '../viewer.ts'
import type {} from './harness-window.ts'

/*
 * The viewer alone, without the application around it: `?case=lung&finding=4`. The test drives it through `window.harness`.
 */
const violations: string[] = []
document.addEventListener('securitypolicyviolation', event =>
  violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
)

async function start(): Promise<void> {
  const asked = new URLSearchParams(window.location.search)
  const id = asked.get('case') ?? 'lung'
  const response = await fetch(`/api/cases/${id}/files/case.json`)
  const record = CaseRecord.parse(await response.json())
  document.documentElement.dataset.mantineColorScheme = asked.get('theme') ?? 'light'
  const element = document.querySelector<HTMLElement>('#viewer')
  if (!element) throw new Error('no place for the viewer')
  const files = new Map<string, ReturnType<typeof rangedFile>>()
  const read = (file: string) => {
    let ranged = files.get(file)
    if (!ranged) {
      ranged = rangedFile(`/api/cases/${id}/files/${file}`)
      files.set(file, ranged)
    }
    return ranged
  }
  const viewer = await createViewer(element, {
    record,
    read,
    language: asked.get('language') === 'en' ? 'en' : 'ja',
    height: 640,
  })
  const clicks: unknown[] = []
  viewer.onClick((facts, track) => clicks.push({ facts, track }))
  const finding = record.findings[Number(asked.get('finding') ?? 0)]
  if (finding) await viewer.showFinding(finding)
  window.harness = { record, viewer, violations, clicks }
}

start().catch((failure: unknown) => {
  window.failure = failure instanceof Error ? `${failure.message}\n${failure.stack}` : String(failure)
})
