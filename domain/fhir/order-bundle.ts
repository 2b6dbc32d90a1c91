import type { ActHeader, ActPayload, ConfirmationMethod } from '../act.ts'
import type { CaseRecord } from '../case.ts'
import type { Finding } from '../finding.ts'

/** Identifier system of FHIR for URIs; every resource that we create is known by a `urn:uuid:` of ours. */
const URI = 'urn:ietf:rfc:3986'
const LOINC = 'http://loinc.org'
const METHOD_SYSTEM = 'urn:panelbench:confirmation-method'

/** LOINC answer codes of 62374-4 (human reference sequence assembly). */
const ASSEMBLY_ANSWER: Record<string, { readonly code: string; readonly display: string } | undefined> = {
  GRCh38: { code: 'LA26806-2', display: 'GRCh38' },
  GRCh37: { code: 'LA14029-5', display: 'GRCh37' },
}

const METHOD_TEXT: Record<ConfirmationMethod, string> = {
  sanger: 'Sanger sequencing',
  ddpcr: 'Droplet digital PCR',
  fish: 'Fluorescence in situ hybridisation',
  mlpa: 'Multiplex ligation-dependent probe amplification',
  'rt-pcr': 'Reverse transcription PCR',
  'gene-panel': 'Gene panel test',
  'companion-diagnostic': 'Companion diagnostic',
  'matched-normal': 'Test of matched normal tissue',
}

export interface OrderBundleInput {
  readonly record: CaseRecord
  readonly finding: Finding
  readonly header: ActHeader
  readonly order: Extract<ActPayload, { type: 'confirmation.ordered' }>
  /** What the panel concluded about the finding, if it has. */
  readonly conclusion?: string
  /** A UUID that is always the same for the same name (version 5), so that sending again names the same resources. */
  readonly uuid: (name: string) => string
}

/**
 * A confirmation order as a FHIR R4 transaction: Patient, Specimen, Observation (the variant), DiagnosticReport (what the panel
 * says of it) and ServiceRequest (the order). Every entry is a conditional create on its `urn:uuid:` identifier, so the bundle
 * may be posted any number of times. No name of a person but the requester's goes out. Codes: HL7 Genomics Reporting (LOINC).
 */
export function orderBundle({ record, finding, header, order, conclusion, uuid }: OrderBundleInput) {
  const ids = {
    patient: uuid(`${record.id}/patient`),
    specimen: uuid(`${record.id}/specimen/${order.specimenId}`),
    variant: uuid(`${record.id}/finding/${finding.id}`),
    report: uuid(`${order.orderId}/report`),
    request: order.orderId,
  }
  const ref = (id: string) => ({ reference: `urn:uuid:${id}` })
  const specimen = record.specimens.find(it => it.id === order.specimenId)
  const entry = (resourceType: string, id: string, resource: Record<string, unknown>) => ({
    fullUrl: `urn:uuid:${id}`,
    resource: { resourceType, identifier: [{ system: URI, value: `urn:uuid:${id}` }], ...resource },
    request: { method: 'POST', url: resourceType, ifNoneExist: `identifier=${URI}|urn:uuid:${id}` },
  })

  return {
    resourceType: 'Bundle',
    type: 'transaction',
    timestamp: header.deviceTime,
    entry: [
      entry('Patient', ids.patient, { gender: record.patient.sex }),
      entry('Specimen', ids.specimen, {
        subject: ref(ids.patient),
        accessionIdentifier: { value: order.specimenId },
        ...(specimen?.material ? { type: { text: specimen.material.en } } : {}),
        ...(specimen?.collected ? { collection: { collectedDateTime: specimen.collected } } : {}),
      }),
      entry('Observation', ids.variant, {
        status: 'preliminary',
        category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
        code: { coding: [{ system: LOINC, code: '69548-6', display: 'Genetic variant assessment' }] },
        subject: ref(ids.patient),
        effectiveDateTime: header.deviceTime,
        valueCodeableConcept: { coding: [{ system: LOINC, code: 'LA9633-4', display: 'Present' }] },
        component: variantComponents(finding, record.assembly),
      }),
      entry('DiagnosticReport', ids.report, {
        status: 'preliminary',
        code: { coding: [{ system: LOINC, code: '81247-9', display: 'Master HL7 genetic variant reporting panel' }] },
        subject: ref(ids.patient),
        effectiveDateTime: header.deviceTime,
        issued: header.deviceTime,
        result: [ref(ids.variant)],
        ...(conclusion ? { conclusion } : {}),
      }),
      entry('ServiceRequest', ids.request, {
        status: 'active',
        intent: 'order',
        priority: 'routine',
        code: {
          coding: [{ system: METHOD_SYSTEM, code: order.method, display: METHOD_TEXT[order.method] }],
          text: `Confirmation of ${order.target.title} by ${METHOD_TEXT[order.method]}`,
        },
        subject: ref(ids.patient),
        authoredOn: header.deviceTime,
        requester: { display: header.actor.name },
        specimen: [ref(ids.specimen)],
        reasonReference: [ref(ids.variant)],
        supportingInfo: [ref(ids.report)],
        ...(order.reason ? { note: [{ text: order.reason }] } : {}),
      }),
    ],
  }
}

function variantComponents(finding: Finding, assembly: string) {
  const answer = ASSEMBLY_ANSWER[assembly]
  const component = (code: string, display: string, value: Record<string, unknown>) => ({
    code: { coding: [{ system: LOINC, code, display }] },
    valueCodeableConcept: value,
  })
  const { c, p, g } = finding.hgvs ?? {}
  const hgvs = (text: string) => ({ coding: [{ system: 'http://varnomen.hgvs.org', code: text }], text })
  return [
    ...finding.genes.slice(0, 2).map(gene => component('48018-6', 'Gene studied [ID]', { text: gene })),
    ...(c
      ? [component('48004-6', 'DNA change (c.HGVS)', hgvs(finding.hgvs?.transcript ? `${finding.hgvs.transcript}:${c}` : c))]
      : []),
    ...(p ? [component('48005-3', 'Amino acid change (pHGVS)', hgvs(p))] : []),
    ...(g ? [component('81290-9', 'Genomic DNA change (gHGVS)', hgvs(g))] : []),
    component(
      '62374-4',
      'Human reference sequence assembly version',
      answer ? { coding: [{ system: LOINC, ...answer }] } : { text: assembly },
    ),
    component('48013-7', 'Genomic reference sequence [ID]', { text: `${finding.locus.contig}:${finding.locus.start + 1}` }),
  ]
}
