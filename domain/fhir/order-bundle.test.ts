import { Fhir } from 'fhir'
import { v5 } from 'uuid'
import { expect, test } from 'vitest'
import { aFinding, anActHeader, aRecord } from '../testing.ts'
import { orderBundle } from './order-bundle.ts'

const uuid = (name: string) => v5(name, v5.URL)
const order = {
  type: 'confirmation.ordered' as const,
  orderId: '0199c0de-0000-7000-8000-000000000001',
  findingId: 'f1',
  method: 'sanger' as const,
  specimenId: 'T1',
  reason: 'before treatment',
  target: { title: 'TP53 p.(Arg175His)', assembly: 'GRCh38', position: 'chr17:7,675,088', genes: ['TP53'] },
}

test('the order is a transaction that the FHIR validator finds no fault in', () => {
  const bundle = orderBundle({
    record: aRecord(),
    finding: aFinding(),
    header: anActHeader(),
    order,
    conclusion: 'confirm first',
    uuid,
  })
  const { valid, messages } = new Fhir().validate(bundle)
  expect(messages.filter(it => it.severity === 'error' || it.severity === 'fatal')).toEqual([])
  expect(valid).toBe(true)
})

test('the validator would have seen a broken order', () => {
  const bundle = orderBundle({ record: aRecord(), finding: aFinding(), header: anActHeader(), order, uuid })
  const request = bundle.entry.at(-1)?.resource as unknown as Record<string, unknown>
  delete request.intent
  expect(new Fhir().validate(bundle).valid).toBe(false)
})

test('every reference points inside the bundle and every entry is a conditional create on its own identifier', () => {
  const bundle = orderBundle({ record: aRecord(), finding: aFinding(), header: anActHeader(), order, uuid })
  const urls = new Set(bundle.entry.map(it => it.fullUrl))
  const references = [...JSON.stringify(bundle).matchAll(/"reference":"([^"]+)"/g)].map(match => match[1])
  expect(references.length).toBeGreaterThan(5)
  for (const reference of references) expect(urls).toContain(reference)
  for (const { fullUrl, request } of bundle.entry) expect(request.ifNoneExist).toBe(`identifier=urn:ietf:rfc:3986|${fullUrl}`)
})

test('nothing that names the patient goes out', () => {
  const record = aRecord()
  const text = JSON.stringify(orderBundle({ record, finding: aFinding(), header: anActHeader(), order, uuid }))
  expect(text).not.toContain(record.patient.name)
  expect(text).not.toContain(record.patient.birthDate)
})
