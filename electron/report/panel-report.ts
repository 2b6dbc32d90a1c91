import type { CaseRecord } from '#domain/case.ts'
import type { OrderView } from '#domain/confirmation.ts'
import type { Finding } from '#domain/finding.ts'
import { show } from '#domain/locus.ts'
import { REPORT_LEVELS } from '#domain/report-level.ts'
import type { Decision, FindingReview, Review } from '#domain/review.ts'
import { WORDS } from './words.ts'

export interface ReportInput {
  /** Without the findings that the wishes of the day seal. */
  readonly record: CaseRecord
  readonly review: Review
  readonly orders: readonly OrderView[]
  readonly language: 'ja' | 'en'
  readonly draft: boolean
  /** When and by whom the report is made. ISO 8601, shown in Japan's time. */
  readonly at: string
  readonly by: string
  readonly manifestVersion: number
  readonly acts: { readonly recorded: number; readonly received: number }
  readonly software: string
}

type Node = string | { readonly [key: string]: unknown } | readonly Node[]
const INK = '#191C22'
const SOFT = '#626771'
const LINE = '#BBBBBB'

/** The panel report as a pdfmake document: from the recorded decisions only, with data and software versions in it. */
export function panelReport(input: ReportInput): { readonly [key: string]: unknown } {
  const { record, review, language, draft } = input
  const words = WORDS[language]
  const open = record.findings.filter(finding => !review.findings.get(finding.id)?.dismissal)
  const dismissed = record.findings.filter(finding => review.findings.get(finding.id)?.dismissal)
  return {
    pageSize: 'A4',
    pageMargins: [40, 64, 40, 52],
    lang: language,
    info: {
      title: `${words.title} ${record.label}`,
      creator: input.software,
      creationDate: new Date(input.at),
      modDate: new Date(input.at),
    },
    version: '1.7',
    ...(draft ? { watermark: { text: words.draft, color: SOFT, opacity: 0.12, bold: true, angle: -40 } } : {}),
    defaultStyle: { font: 'Panelbench', fontSize: 9, lineHeight: 1.25, color: INK },
    styles: {
      h2: { fontSize: 11, bold: true, margin: [0, 10, 0, 4] },
      soft: { color: SOFT, fontSize: 8 },
      th: { color: SOFT, fontSize: 8 },
    },
    header: {
      margin: [40, 24, 40, 0],
      columns: [
        { text: `${record.label}　${words.title}`, style: 'soft' },
        ...(record.simulated ? [{ text: words.simulated, style: 'soft', alignment: 'right' }] : []),
      ],
    },
    footer: (page: number, pages: number) => ({
      margin: [40, 12, 40, 0],
      columns: [
        { text: `${words.manifest} ${input.manifestVersion} · ${words.issued} ${japanTime(input.at)}`, style: 'soft' },
        { text: `${words.page} ${page} / ${pages}`, style: 'soft', alignment: 'right' },
      ],
    }),
    content: [
      { text: words.title, fontSize: 16, bold: true },
      { text: words.warning, margin: [0, 6, 0, 6], color: '#7F5200' },
      head(input),
      ...qualityBlock(record, language),
      { text: words.findings, style: 'h2' },
      ...REPORT_LEVELS.flatMap(level => levelBlock(level, open, input)),
      ...(record.noneFound.length > 0
        ? [
            { text: words.noneFound, style: 'h2' },
            { ul: record.noneFound.map(it => `${it.what[language]} — ${it.lookedAt[language]}`) },
          ]
        : []),
      ...(dismissed.length > 0
        ? [
            { text: words.dismissed, style: 'h2' },
            { ul: dismissed.map(it => `${it.title}: ${review.findings.get(it.id)?.dismissal?.reasons.join(', ') ?? ''}`) },
          ]
        : []),
      { text: words.versions, style: 'h2' },
      versions(input),
    ],
  }
}

function head({ record, language, by }: ReportInput): Node {
  const words = WORDS[language]
  const { patient, diagnosis, consent } = record
  const row = (name: string, value: string) => [{ text: name, style: 'th' }, value]
  const person = [patient.name, patient.kana, words.sexes[patient.sex], patient.birthDate].filter(Boolean).join('　')
  return {
    layout: RULED,
    table: {
      widths: [70, '*', 70, '*'],
      body: [
        [...row(words.case, record.label), ...row(words.hospital, record.hospital)],
        [...row(words.patient, person), ...row(words.diagnosis, withStage(diagnosis.text[language], diagnosis.stage))],
        [...row(words.consent, `${consent.version} ${consent.date ?? ''}`), ...row(words.signedBy, by)],
        [
          ...row(
            words.specimens,
            record.specimens
              .map(it => `${words.roles[it.role]} ${it.id} (${it.assay}${it.meanDepth ? ` ${Math.round(it.meanDepth)}×` : ''})`)
              .join(', '),
          ),
          ...row('', ''),
        ],
      ],
    },
  }
}

function qualityBlock(record: CaseRecord, language: 'ja' | 'en'): Node[] {
  const words = WORDS[language]
  const marks = record.biomarkers.map(
    it => `${it.kind}: ${it.value ?? ''}${it.unit ? ` ${it.unit}` : ''} ${it.status[language]}（${it.method}）`,
  )
  const warned = record.quality
    .filter(it => it.status === 'warn' || it.status === 'fail')
    .map(it => `${it.label[language]}: ${it.value}${it.unit ?? ''} ${it.note?.[language] ?? ''}`)
  return [
    ...(marks.length > 0 ? [{ text: words.biomarkers, style: 'h2' }, { ul: marks }] : []),
    ...(warned.length > 0 ? [{ text: words.quality, style: 'h2' }, { ul: warned }] : []),
  ]
}

function levelBlock(level: number, findings: readonly Finding[], input: ReportInput): Node[] {
  const words = WORDS[input.language]
  const { review } = input
  const mine = findings.filter(finding => (review.findings.get(finding.id)?.decision?.level ?? finding.level) === level)
  if (mine.length === 0) return []
  const header = [words.finding, words.classification, words.recommendation, words.return, words.confirmation].map(text => ({
    text,
    style: 'th',
  }))
  const body = mine.map(finding => findingRow(finding, review.findings.get(finding.id), input))
  return [
    { text: `${words.level} ${level}`, bold: true, margin: [0, 6, 0, 2] },
    { layout: RULED, table: { headerRows: 1, dontBreakRows: true, widths: [150, 70, '*', 54, 90], body: [header, ...body] } },
  ]
}

function findingRow(finding: Finding, review: FindingReview | undefined, input: ReportInput): Node[] {
  const { language, orders, record } = input
  const words = WORDS[language]
  const decision = review?.decision
  const tumour = finding.calls.find(call => record.specimens.find(it => it.id === call.specimen)?.role === 'tumour')
  const mine = orders.filter(order => order.findingId === finding.id && order.state !== 'cancelled')
  return [
    {
      stack: [
        { text: finding.title, bold: true },
        ...(finding.hgvs?.c
          ? [{ text: [finding.hgvs.transcript, finding.hgvs.c].filter(Boolean).join(':'), style: 'soft' }]
          : []),
        {
          text: `${show(finding.locus)} ${record.assembly}${tumour?.vaf === undefined ? '' : ` · ${words.vaf} ${tumour.vaf.toFixed(2)} (${words.depth} ${tumour.depth ?? '–'})`}`,
          style: 'soft',
        },
      ],
    },
    decision
      ? decision.classifications.map(it => `${words.schemes[it.scheme]} ${it.value}`).join('\n') || words.none
      : { text: words.undecided, color: SOFT },
    decision ? recommendation(decision, language) : '—',
    decision ? words.returns[decision.return] : '—',
    mine.length > 0
      ? mine
          .map(
            it =>
              `${words.methods[it.method]}: ${words.orderStates[it.state]}${it.result ? `（${words.outcomes[it.result.outcome]}）` : ''}`,
          )
          .join('\n')
      : '—',
  ]
}

function recommendation(decision: Decision, language: 'ja' | 'en'): Node {
  const words = WORDS[language]
  const { kind, text, evidenceLevel, access } = decision.recommendation
  return {
    stack: [
      [words.kinds[kind], text].filter(Boolean).join('：'),
      ...(evidenceLevel || access
        ? [
            {
              text: [evidenceLevel && `国内 ${evidenceLevel}`, access && words.access[access]].filter(Boolean).join(' · '),
              style: 'soft',
            },
          ]
        : []),
      ...(decision.comment ? [{ text: `${words.comment}：${decision.comment}`, style: 'soft' }] : []),
      ...decision.dissents.map(it => ({ text: `${words.dissents}（${it.name}）：${it.text}`, style: 'soft' })),
    ],
  }
}

function versions({ record, language, manifestVersion, software, acts, at }: ReportInput): Node {
  const words = WORDS[language]
  const lines = [
    `${words.assembly}: ${record.assembly}`,
    `${words.manifest}: ${manifestVersion}`,
    ...(record.pipeline ? [`${words.pipeline}: ${record.pipeline.name} ${record.pipeline.version}`] : []),
    ...(record.knowledge ? [`${words.knowledge}: ${record.knowledge.version} (${record.knowledge.date})`] : []),
    `${words.software}: ${software}`,
    `${words.acts}: ${acts.recorded}（${words.receipts} ${acts.received}）`,
    `${words.issued}: ${japanTime(at)}`,
  ]
  return { ul: lines, style: 'soft' }
}

/** Some hospitals write the stage into the diagnosis; it is not said twice. */
function withStage(text: string, stage: string | undefined): string {
  return stage && !text.includes(stage) ? `${text} ${stage}` : text
}

/** Hospitals read Japan's time, whatever clock zone the machine runs in. */
function japanTime(iso: string): string {
  return new Intl.DateTimeFormat('ja-JP', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Tokyo' }).format(
    new Date(iso),
  )
}

const RULED = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0,
  hLineColor: () => LINE,
  paddingLeft: () => 2,
  paddingRight: () => 6,
  paddingTop: () => 3,
  paddingBottom: () => 3,
}
