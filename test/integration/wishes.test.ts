import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CaseView, contract } from '#domain/contract.ts'
import { caseFolders } from '../../fixtures/cases/case-folders.ts'
import { type RealWorkstation, Refused, realCentre, realWorkstation } from '../support/real-workstation.ts'

/** The hereditary finding without relation to the cancer; the patient said "not now" when asked again. */
const SEALED = 'GRCh38-chr19-11120425-C-A'
/** Every word by which it could be known: gene, position, coding change, protein change. */
const TELLS = /LDLR|11,?120,?42[45]|c\.2043C>A|Cys681Ter/

const WAYS: readonly Record<string, string>[] = [{}, { range: 'bytes=0-99' }]

let centre: Awaited<ReturnType<typeof realCentre>>
let station: RealWorkstation
let ovary = ''
let lung = ''

async function idOf(name: string): Promise<string> {
  const folder = caseFolders().find(it => it.name === name)
  if (!folder) throw new Error(`there is no case ${name}`)
  return (await centre.add(folder.path)).caseId
}

beforeAll(async () => {
  centre = await realCentre()
  ovary = await idOf('ovary')
  lung = await idOf('lung')
  station = await (await realWorkstation(centre)).begin()
  for (const id of [ovary, lung]) await station.hasVersion(id, 1)
})
afterAll(async () => {
  await station?.remove()
  await centre?.remove()
})

const view = (caseId: string): Promise<CaseView> => station.call(contract.case, { caseId })
const file = (caseId: string, id: string, method = 'GET', headers: Record<string, string> = {}) =>
  station.raw(method, `/api/cases/${caseId}/files/${id}`, undefined, headers)
const filesOf = async (caseId: string, roles: readonly string[]) =>
  (await view(caseId)).record.files.filter(it => roles.includes(it.role)).map(it => it.id)

test('what the wishes seal is in no answer about the case, and nothing says that something was left out', async () => {
  const text = await (await station.raw('GET', `/api/cases/${ovary}`)).text()
  expect((JSON.parse(text) as CaseView).record.findings.length).toBe(9)
  expect(text).toMatch(/BRCA2/)
  expect(text).not.toMatch(TELLS)
  expect(text).not.toMatch(/"secondary":true/)
  expect(JSON.stringify(await station.call(contract.cases, {}))).not.toMatch(TELLS)
})

test('the record as it was delivered is refused, in every way of asking', async () => {
  for (const headers of WAYS)
    for (const method of ['GET', 'HEAD']) {
      const response = await file(ovary, 'record.json', method, headers)
      expect(response.status).toBe(403)
      expect(await response.text()).not.toMatch(TELLS)
    }
})

test('files that list calls are refused while a finding is sealed, whole and in ranges', async () => {
  const lists = await filesOf(ovary, ['variants', 'variants-index'])
  expect(lists).toEqual(['variants.vcf.gz', 'variants.vcf.gz.tbi'])
  for (const id of lists)
    for (const headers of WAYS)
      for (const method of ['GET', 'HEAD']) {
        const response = await file(ovary, id, method, headers)
        expect([id, method, response.status]).toEqual([id, method, 403])
        if (method === 'GET') expect(await response.json()).toMatchObject({ code: 'forbidden' })
      }
  // A table of the expected answers lies in the fixture's folder; it is no file of the package.
  expect((await file(ovary, 'truth.tsv')).status).toBe(404)
})

test('what lists no calls stays readable beside it', async () => {
  const others = (await view(ovary)).record.files.filter(it => !it.role.startsWith('variants')).map(it => it.id)
  expect(others.length).toBeGreaterThan(4)
  for (const id of others) expect([id, (await file(ovary, id, 'GET', { range: 'bytes=0-15' })).status]).toEqual([id, 206])
})

test('a case without sealed findings refuses them alike: a difference would tell which case has something sealed', async () => {
  for (const id of await filesOf(lung, ['variants', 'variants-index'])) {
    expect((await file(lung, id)).status).toBe(403)
  }
})

test('no act can be written about a sealed finding, and none of the refusals is on record', async () => {
  const before = (await view(ovary)).acts.length
  const payloads = [
    { type: 'finding.pinned', findingId: SEALED, pinned: true },
    { type: 'finding.dismissed', findingId: SEALED, reasons: ['other'], comment: '' },
    { type: 'comment.added', findingId: SEALED, text: 'asks' },
    {
      type: 'confirmation.ordered',
      orderId: '01890a5d-ac96-774b-bcce-b302099a8057',
      findingId: SEALED,
      method: 'sanger',
      specimenId: 'N1',
      reason: '',
      target: { title: 't', assembly: 'GRCh38', position: 'p', genes: [] },
    },
  ] as const
  for (const payload of payloads) {
    const failure: unknown = await station
      .call(contract.recordAct, { caseId: ovary, base: 0, manifestVersion: 1, payload: payload as never })
      .catch(problem => problem)
    expect(failure).toBeInstanceOf(Refused)
    // The same word as for a finding that was never there: the refusal tells nothing either.
    expect((failure as Refused).code).toBe('finding-unknown')
    const never: unknown = await station
      .call(contract.recordAct, {
        caseId: ovary,
        base: 0,
        manifestVersion: 1,
        payload: { ...payload, findingId: 'never' } as never,
      })
      .catch(problem => problem)
    expect((failure as Refused).status).toBe((never as Refused).status)
    expect((never as Refused).code).toBe('finding-unknown')
  }
  expect((await view(ovary)).acts.length).toBe(before)
})

test('nothing of it is in the report', async () => {
  const response = await station.raw('GET', `/api/cases/${ovary}/report.pdf?language=en`)
  expect(response.status).toBe(200)
  const text = await textOf(new Uint8Array(await response.arrayBuffer()))
  expect(text).toMatch(/BRCA2/)
  expect(text).not.toMatch(TELLS)
})

/** The text that a reader of the PDF would find by searching. */
async function textOf(data: Uint8Array): Promise<string> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const document = await getDocument({ data, verbosity: 0 }).promise
  let text = ''
  for (let number = 1; number <= document.numPages; number += 1) {
    const content = await (await document.getPage(number)).getTextContent()
    text += content.items.map(it => ('str' in it ? it.str : '')).join('')
  }
  return text
}
