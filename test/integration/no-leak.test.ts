import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ActPayload } from '#domain/act.ts'
import type { CaseRecord } from '#domain/case.ts'
import { type CaseView, contract } from '#domain/contract.ts'
import { caseFolders } from '../../fixtures/cases/case-folders.ts'
import { realCentre } from '../support/real-workstation.ts'
import { joinedProfile, type RunningShell, startShell } from './loopback-shell.ts'

/** What was looked for: its name says what leaked, the bytes are one way of writing it. */
interface Needle {
  readonly name: string
  readonly bytes: Buffer
}

const COMMENT = '病棟の山田さんから電話。兄も肺癌。'
let centre: Awaited<ReturnType<typeof realCentre>>
let joined: Awaited<ReturnType<typeof joinedProfile>>
let temporary = ''
let shell: RunningShell
let caseId = ''
let folder = ''

beforeAll(async () => {
  folder = caseFolders().find(it => it.name === 'lung')?.path ?? ''
  centre = await realCentre()
  caseId = (await centre.add(folder)).caseId
  joined = await joinedProfile(centre)
  temporary = await mkdtemp(join(tmpdir(), 'temporary-'))
  // A place of its own for whatever a library might put aside.
  shell = await startShell(joined.profile, { TMPDIR: temporary, TMP: temporary, TEMP: temporary })
  await shell.unlock()
})
afterAll(async () => {
  await shell?.stop()
  await joined?.remove()
  await centre?.remove()
  await rm(temporary, { recursive: true, force: true })
})

/** UTF-8, both UTF-16, JSON with escapes, hex, and base64 at each of the three ways it can fall on the text. */
function writings(name: string, text: string): Needle[] {
  const plain = Buffer.from(text)
  const escaped = text.replace(/[^\x20-\x7e]/g, it => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const ways: [string, Buffer][] = [
    ['UTF-8', plain],
    ['UTF-16LE', Buffer.from(text, 'utf16le')],
    ['UTF-16BE', Buffer.from(text, 'utf16le').swap16()],
    ['hex', Buffer.from(plain.toString('hex'))],
    ...(escaped === text ? [] : [['JSON escapes', Buffer.from(escaped)] as [string, Buffer]]),
  ]
  for (const shift of [0, 1, 2]) {
    // The characters that depend on the neighbours are left away on both sides.
    const inner = Buffer.concat([Buffer.alloc(shift), plain, Buffer.alloc((3 - ((shift + plain.length) % 3)) % 3)])
    const text64 = inner.toString('base64').slice(shift === 0 ? 0 : 4, plain.length % 3 === (3 - shift) % 3 ? undefined : -4)
    for (const [alphabet, written] of [
      ['base64', text64],
      ['base64url', text64.replaceAll('+', '-').replaceAll('/', '_')],
    ] as const)
      if (written.length >= 8) ways.push([`${alphabet} ${shift}`, Buffer.from(written)])
  }
  return ways.map(([way, bytes]) => ({ name: `${name} (${way})`, bytes }))
}

async function needlesOf(record: CaseRecord): Promise<Needle[]> {
  const { patient, diagnosis, findings } = record
  const texts = new Map<string, string>([
    ['name', patient.name],
    ['family name', patient.name.split(' ')[0] ?? ''],
    ['kana', patient.kana ?? ''],
    ['kana without space', (patient.kana ?? '').replace(' ', '')],
    ['birth date', patient.birthDate ?? ''],
    ['hospital number', patient.hospitalId ?? ''],
    ['diagnosis', diagnosis.text.ja],
    ['diagnosis, English', diagnosis.text.en],
    ['comment', COMMENT],
  ])
  for (const [index, finding] of findings.entries()) {
    texts.set(`id of finding ${index}`, finding.id)
    texts.set(`title of finding ${index}`, finding.title)
    for (const [way, hgvs] of Object.entries(finding.hgvs ?? {})) texts.set(`HGVS ${way} of finding ${index}`, hgvs)
  }
  const lines = (await readFile(join(folder, 'reference.fa'), 'utf8')).split('\n').filter(line => !line.startsWith('>'))
  const reference = lines.join('')
  for (const at of [0.1, 0.5, 0.9]) {
    const start = Math.floor(reference.length * at)
    texts.set(`reference at ${start}`, reference.slice(start, start + 31))
  }
  return [...texts].filter(([, text]) => Buffer.byteLength(text) >= 6).flatMap(([name, text]) => writings(name, text))
}

/** Bytes out of the middle of each file as it was delivered: compressed reads are plain text of the case too. */
async function piecesOf(record: CaseRecord): Promise<Needle[]> {
  return Promise.all(
    record.files.map(async ({ id }) => {
      const bytes = await readFile(join(folder, id))
      const middle = bytes.length >> 1
      return { name: `bytes of ${id}`, bytes: bytes.subarray(middle, middle + 24) }
    }),
  )
}

async function filesUnder(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries.filter(it => it.isFile()).map(it => join(it.parentPath, it.name))
}

async function hitsUnder(path: string, needles: readonly Needle[]): Promise<{ files: number; bytes: number; hits: string[] }> {
  const hits: string[] = []
  const paths = await filesUnder(path)
  let bytes = 0
  for (const file of paths) {
    // Names of files tell as much as their contents.
    const content = Buffer.concat([Buffer.from(`${file.slice(path.length)}\n`), await readFile(file)])
    bytes += content.length
    for (const needle of needles) if (content.includes(needle.bytes)) hits.push(`${needle.name} in ${file.slice(path.length)}`)
  }
  return { files: paths.length, bytes, hits }
}

/** Everything a panel does with a case, through the door that the page uses. Answers the plain PDF that was issued. */
async function useFully(): Promise<Buffer> {
  await shell.until(async () => (await shell.call(contract.cases, {})).cases.some(it => it.id === caseId && it.version === 1))
  const view: CaseView = await shell.call(contract.case, { caseId })
  await shell.call(contract.readModelKey, {})
  for (const { id, role } of view.record.files) {
    const path = `/api/cases/${caseId}/files/${id}`
    const [whole, piece] = role.startsWith('variants') ? [403, 403] : [200, 206]
    expect([id, (await shell.raw('GET', path)).status]).toEqual([id, whole])
    expect([id, (await shell.raw('GET', path, undefined, { range: 'bytes=10-99' })).status]).toEqual([id, piece])
  }
  const [first, second, third] = view.record.findings
  if (!first || !second || !third) throw new Error('the case has too few findings')
  const payloads: ActPayload[] = [
    {
      type: 'finding.decided',
      findingId: first.id,
      classifications: first.classifications.slice(0, 1),
      level: 1,
      recommendation: { kind: 'drug', text: `${first.title} ${COMMENT}` },
      return: 'return',
      dissents: [{ name: view.record.patient.name, text: COMMENT }],
      comment: COMMENT,
    },
    { type: 'finding.dismissed', findingId: second.id, reasons: ['strand-bias'], comment: COMMENT },
    { type: 'finding.pinned', findingId: third.id, pinned: true },
    { type: 'comment.added', text: `${view.record.patient.name} ${COMMENT}` },
    {
      type: 'confirmation.ordered',
      orderId: '01890a5d-ac96-774b-bcce-b302099a8057',
      findingId: first.id,
      method: 'fish',
      specimenId: 'T1',
      reason: COMMENT,
      target: { title: first.title, assembly: 'GRCh38', position: 'chr2', genes: [...first.genes] },
    },
  ]
  for (const payload of payloads) await shell.call(contract.recordAct, { caseId, base: 0, manifestVersion: 1, payload })
  expect((await shell.raw('GET', `/api/cases/${caseId}/report.pdf?language=ja`)).status).toBe(200)
  await shell.call(contract.issueReport, { caseId, language: 'en' })
  const { sha256 } = await shell.call(contract.issueReport, { caseId, language: 'ja' })
  const pdf = (await shell.raw('GET', `/api/cases/${caseId}/report.pdf?sha256=${sha256}`)).bytes
  await shell.until(async () => (await shell.call(contract.case, { caseId })).acts.every(act => act.state === 'accepted'))
  // Mistakes must not speak either: unknown ids, broken bodies, words of a patient where none belong.
  for (const [method, path, body] of [
    ['GET', `/api/cases/${encodeURIComponent(view.record.patient.name)}`, undefined],
    ['GET', `/api/cases/${caseId}/files/${encodeURIComponent(COMMENT)}`, undefined],
    ['POST', `/api/cases/${caseId}/acts`, { payload: { type: COMMENT } }],
    [
      'POST',
      `/api/cases/${caseId}/acts`,
      { base: 0, manifestVersion: 1, payload: { type: 'comment.added', findingId: COMMENT, text: 'x' } },
    ],
  ] as const)
    expect((await shell.raw(method, path, body)).status).toBeGreaterThanOrEqual(400)
  return pdf
}

test('the search finds every way of writing, so that finding nothing means something', async () => {
  const place = await mkdtemp(join(tmpdir(), 'control-'))
  const text = '見本 太一'
  await mkdir(join(place, 'a'))
  for (const shift of [0, 1, 2])
    await writeFile(join(place, 'a', `base64-${shift}`), Buffer.from(`${'x'.repeat(shift)}${text}yz`).toString('base64'))
  await writeFile(join(place, 'a', 'utf8'), `{"name":"${text}"}`)
  await writeFile(join(place, 'a', 'utf16'), Buffer.from(` ${text} `, 'utf16le'))
  await writeFile(join(place, 'a', 'escaped'), '"\\u898b\\u672c \\u592a\\u4e00"')
  await writeFile(join(place, 'a', 'hex'), Buffer.from(text).toString('hex'))
  const { hits } = await hitsUnder(place, writings('name', text))
  const found = new Set(hits.map(it => it.split('/').at(-1)))
  expect([...found].sort()).toEqual(['base64-0', 'base64-1', 'base64-2', 'escaped', 'hex', 'utf16', 'utf8'])
  await rm(place, { recursive: true })
})

test('after a full use of a case nothing of it can be read in the profile, in temporary files, or in what the shell said', async () => {
  const record = JSON.parse(await readFile(join(folder, 'case.json'), 'utf8')) as CaseRecord
  const texts = await needlesOf(record)
  const pieces = await piecesOf(record)
  const pdf = await useFully()
  const needles = [
    ...texts,
    ...pieces,
    { name: 'bytes of the report', bytes: pdf.subarray(pdf.length >> 1, (pdf.length >> 1) + 24) },
    { name: 'a PDF', bytes: Buffer.from('%PDF-1.') },
    { name: 'a BAM or VCF block', bytes: Buffer.from('1f8b08040000000000ff0600424302', 'hex') },
    { name: 'a CRAM', bytes: Buffer.from('CRAM\u0003') },
  ]
  expect(needles.length).toBeGreaterThan(300)
  // The same search finds the case where it lies in the clear.
  const clear = await hitsUnder(folder, needles)
  expect(clear.hits.filter(it => it.includes('UTF-8')).length).toBeGreaterThan(20)
  for (const piece of pieces) expect(clear.hits.some(it => it.startsWith(`${piece.name} in`))).toBe(true)

  const open = await hitsUnder(joined.profile, needles)
  expect(open.hits).toEqual([])
  await shell.call(contract.lock, {})
  expect((await hitsUnder(joined.profile, needles)).hits).toEqual([])
  await shell.stop()
  const ended = await hitsUnder(joined.profile, needles)
  expect(ended.hits).toEqual([])
  expect(ended.bytes).toBeGreaterThan(500_000)
  expect(await filesUnder(temporary)).toEqual([])

  const said = Buffer.from(`${shell.stdout()}\n${shell.stderr()}`)
  expect(needles.filter(it => said.includes(it.bytes)).map(it => it.name)).toEqual([])
  expect(shell.stderr()).toBe('')
  process.stdout.write(
    `no-leak: ${needles.length} patterns, ${ended.files} files of ${(ended.bytes / 1e6).toFixed(1)} MB in the profile, 0 hits ` +
      `(${clear.hits.length} in the case as delivered)\n`,
  )
}, 60_000)
