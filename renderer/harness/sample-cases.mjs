// biome-ignore-all lint/correctness/noNodejsModules: part of the development server.
// Made-up cases for looking at the page without a vault and a centre. Real fixtures are used first; these fill the list.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Every case.json below `folder`. */
export function fixtureRecords(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .map(name => join(folder, name, 'case.json'))
    .filter(path => existsSync(path) && statSync(path).isFile())
    .map(path => ({ folder: join(path, '..'), record: JSON.parse(readFileSync(path, 'utf8')) }))
}

const PEOPLE = [
  ['仮名 三郎', 'カメイ サブロウ', 'male', '1959-02-11', '膵管癌', 'Pancreatic ductal carcinoma', 'quality', undefined],
  [
    '例示 さくら',
    'レイジ サクラ',
    'female',
    '1985-05-30',
    '乳癌（TNBC）',
    'Breast cancer (TNBC)',
    'review',
    '2026-11-26T16:00:00+09:00',
  ],
  ['模擬 健', 'モギ ケン', 'male', '1968-07-01', '大腸癌', 'Colorectal cancer', 'panel', '2026-11-26T16:00:00+09:00'],
  [
    '試験 一郎',
    'シケン イチロウ',
    'male',
    '1953-01-19',
    '卵巣高異型度漿液性癌・腹膜播種',
    'High-grade serous ovarian carcinoma with peritoneal spread',
    'review',
    undefined,
  ],
  ['架空 翼', 'カクウ ツバサ', 'male', '2022-04-04', '未診断・てんかん', 'Undiagnosed, epilepsy', 'review', undefined],
  ['例示 誠', 'レイジ マコト', 'male', '1971-08-22', 'メラノーマ', 'Melanoma', 'returned', '2026-09-18T16:00:00+09:00'],
]

/** Copies of a real record under other names, so that the list has groups, stages and lengths to show. */
export function sampleRecords(model) {
  return PEOPLE.map(([name, kana, sex, birthDate, ja, en, stage, panelDate], i) => ({
    ...model,
    id: `WGS-26-02${String(i + 10)}`,
    label: `WGS-26-02${String(i + 10)}`,
    system: i % 3 === 0 ? 'A' : 'B',
    kind: i === 4 ? 'rare-disease' : 'cancer',
    patient: { name, kana, sex, birthDate },
    diagnosis: { text: { ja, en } },
    stage,
    panelDate,
    findings: model.findings.slice(0, 4 + i * 2),
    quality:
      i === 0
        ? model.quality.map((it, at) => (at === 0 ? { ...it, status: 'fail' } : it))
        : model.quality.filter(it => it.status === 'pass'),
    wishes:
      i === 1
        ? model.wishes.map(it => (it.cell === 'secondary-now' ? { ...it, answer: 'not-now', reviewOn: '2027-03-01' } : it))
        : model.wishes,
  }))
}
