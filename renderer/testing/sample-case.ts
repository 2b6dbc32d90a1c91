import type { ActPayload, ActView } from '#domain/act.ts'
import type { CaseRecord } from '#domain/case.ts'
import type { CaseView } from '#domain/contract.ts'
import type { Finding } from '#domain/finding.ts'

/** Builders for tests: everything a test does not name is plausible and made up. */
export function aFinding(change: Partial<Finding> = {}): Finding {
  return {
    id: 'f1',
    kind: 'snv',
    origin: 'somatic',
    secondary: false,
    level: 1,
    genes: ['TP53'],
    title: 'TP53 p.(Arg175His)',
    locus: { contig: 'chr17', start: 7_675_087, end: 7_675_088 },
    ref: 'C',
    alt: 'T',
    calls: [
      { specimen: 'T1', depth: 100, altDepth: 44 },
      { specimen: 'N1', depth: 30, altDepth: 0 },
    ],
    classifications: [
      { scheme: 'AMP', value: 'II-C' },
      { scheme: 'oncogenicity', value: 'O' },
    ],
    evidence: [],
    ...change,
  }
}

export function aRecord(change: Partial<CaseRecord> = {}): CaseRecord {
  return {
    schema: 'panelbench.case/1',
    id: 'WGS-26-0142',
    label: 'WGS-26-0142',
    system: 'B',
    kind: 'cancer',
    assembly: 'GRCh38',
    simulated: true,
    hospital: '架空がんセンター病院',
    stage: 'review',
    panelDate: '2026-11-26T16:00:00+09:00',
    patient: { name: '見本 花子', kana: 'ミホン ハナコ', sex: 'female', birthDate: '1974-03-09' },
    diagnosis: { text: { ja: '肝内胆管癌', en: 'Intrahepatic cholangiocarcinoma' } },
    specimens: [
      { id: 'T1', role: 'tumour', assay: 'wgs' },
      { id: 'N1', role: 'normal', assay: 'wgs' },
    ],
    consent: { version: '3', date: '2026-08-20', state: 'valid' },
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
    ...change,
  }
}

export function aView(record: CaseRecord = aRecord(), change: Partial<CaseView> = {}): CaseView {
  return {
    entry: {
      id: record.id,
      version: 3,
      revision: 'r1',
      presence: { state: 'complete', filesHere: 3, files: 3, bytesHere: 9, bytes: 9 },
      withdrawn: false,
    },
    record,
    head: 7,
    acts: [],
    orders: [],
    manifest: { version: 3, issuedAt: '2026-11-20T08:12:00Z', signedBy: 'centre' },
    stage: record.stage,
    ...change,
  }
}

let made = 0

export function anAct(payload: ActPayload, change: Partial<ActView> = {}): ActView {
  made += 1
  const tail = String(made).padStart(12, '0')
  return {
    header: {
      id: `00000000-0000-4000-8000-${tail}`,
      caseId: 'WGS-26-0142',
      type: payload.type,
      base: 7,
      manifestVersion: 3,
      actor: { sub: 'u1', name: '甲野', role: '病理', acr: 'mfa' },
      deviceId: 'd1',
      deviceSeq: made,
      prev: '0'.repeat(64),
      deviceTime: '2026-11-24T05:31:00Z',
      serverOffsetMs: 0,
      payloadHash: 'a'.repeat(64),
    },
    payload,
    state: 'recorded',
    recordedAt: '2026-11-24T05:31:00Z',
    mine: true,
    ...change,
  }
}
