import type { ActHeader, ActPayload, ActView } from './act.ts'
import type { CaseRecord } from './case.ts'
import type { Finding } from './finding.ts'

/* Builders for tests: they hide what does not matter to the sentence under test. Never imported by the product. */

export function aFinding(over: Partial<Finding> = {}): Finding {
  return {
    id: 'f1',
    kind: 'snv',
    origin: 'somatic',
    secondary: false,
    level: 1,
    genes: ['TP53'],
    title: 'TP53 p.(Arg175His)',
    hgvs: { c: 'c.524G>A', p: 'p.(Arg175His)', transcript: 'ENST00000269305' },
    locus: { contig: 'chr17', start: 7675087, end: 7675088 },
    ref: 'C',
    alt: 'T',
    calls: [{ specimen: 'T1', depth: 120, altDepth: 53, vaf: 0.44 }],
    classifications: [{ scheme: 'AMP', value: 'II-C' }],
    evidence: [],
    ...over,
  }
}

export function aRecord(over: Partial<CaseRecord> = {}): CaseRecord {
  return {
    schema: 'panelbench.case/1',
    id: 'case-1',
    label: 'WGS-26-0001',
    system: 'B',
    kind: 'cancer',
    assembly: 'GRCh38',
    simulated: true,
    hospital: '架空がんセンター病院',
    stage: 'review',
    patient: { name: '見本 太郎', sex: 'male', birthDate: '1960-04-01' },
    diagnosis: { text: { ja: '肺腺癌', en: 'Lung adenocarcinoma' } },
    specimens: [
      { id: 'T1', role: 'tumour', assay: 'wgs', material: { ja: '腫瘍', en: 'Tumour tissue' }, collected: '2026-10-01' },
      { id: 'N1', role: 'normal', assay: 'wgs' },
    ],
    consent: { version: '3', state: 'valid' },
    wishes: [],
    quality: [],
    biomarkers: [],
    phenotypes: [],
    pedigree: [],
    timeline: [],
    trials: [],
    findings: [aFinding()],
    noneFound: [],
    files: [],
    intakeNotes: [],
    ...over,
  }
}

export function anActHeader(over: Partial<ActHeader> = {}): ActHeader {
  return {
    id: '0199c0de-0000-7000-8000-0000000000aa',
    caseId: 'case-1',
    type: 'comment.added',
    base: 0,
    manifestVersion: 1,
    actor: { sub: 'kono', name: '甲野 薫', role: 'pathologist', acr: 'urn:panelbench:mfa' },
    deviceId: 'device-1',
    deviceSeq: 1,
    prev: '0'.repeat(64),
    deviceTime: '2026-11-22T06:00:00.000Z',
    serverOffsetMs: 0,
    payloadHash: 'a'.repeat(64),
    ...over,
  }
}

let counter = 0

/** An act as the page sees it. Own acts count up; give `seq` to make it accepted. */
export function anAct(
  payload: ActPayload,
  over: { state?: ActView['state']; seq?: number; by?: string; id?: string; against?: string[] } = {},
): ActView {
  counter += 1
  const id = over.id ?? `0199c0de-0000-7000-8000-${String(counter).padStart(12, '0')}`
  const header = anActHeader({
    id,
    type: payload.type,
    deviceSeq: counter,
    actor: { sub: over.by ?? 'kono', name: over.by ?? '甲野 薫', role: 'pathologist', acr: 'urn:panelbench:mfa' },
  })
  return {
    header,
    payload,
    state: over.state ?? (over.seq === undefined ? 'recorded' : 'accepted'),
    recordedAt: header.deviceTime,
    mine: true,
    ...(over.seq === undefined ? {} : { receipt: { seq: over.seq, at: header.deviceTime, hash: 'b'.repeat(64), jws: 'x.y.z' } }),
    ...(over.against ? { against: over.against } : {}),
  }
}
