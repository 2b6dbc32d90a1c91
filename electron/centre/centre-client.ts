import type { z } from 'zod'
import { Problem } from '#domain/problems.ts'
import type { Centre } from '#sync/ports.ts'
import {
  CentreConfiguration,
  CentreProblem,
  DeviceReply,
  type DeviceRequest,
  DrsAccess,
  DrsObject,
  EventsReply,
  FeedPage,
  GrantReply,
  type GrantRequest,
  RequestsReply,
} from '#sync/protocol.ts'
import type { PinnedFetch } from './pinned-fetch.ts'
import { readBody } from './read-body.ts'

const JSON_LIMIT = 32 * 1024 * 1024

/** Calls with the user's token; throws `sign-in-needed` when there is none or it is refused. */
export type AuthorizedFetch = (
  url: URL,
  init: { method: string; body?: string; headers?: Record<string, string>; signal: AbortSignal },
) => Promise<Response>

export interface CentreClientPorts {
  readonly origin: string
  readonly fetch: PinnedFetch
  readonly authorized: AuthorizedFetch
  /** Makes the grant request for a case: its public key, signed by the device. */
  readonly grantRequest: (caseId: string, version: number) => Promise<GrantRequest>
}

export interface CentreClient extends Centre {
  configuration(signal: AbortSignal): Promise<CentreConfiguration>
  enrol(request: DeviceRequest, signal: AbortSignal): Promise<DeviceReply>
}

/** The data centre over HTTPS: every answer is parsed by the schema of the wire before anybody sees it. */
export function createCentreClient({ origin, fetch, authorized, grantRequest }: CentreClientPorts): CentreClient {
  const at = (path: string) => new URL(path, origin)
  const urls = new Map<string, { readonly url: string; readonly headers: Record<string, string> }>()

  async function ask<T extends z.ZodType>(
    schema: T,
    method: string,
    path: string,
    signal: AbortSignal,
    body?: unknown,
  ): Promise<z.infer<T>> {
    const response = await authorized(at(path), {
      method,
      signal,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return parse(schema, await checked(response))
  }

  async function where(objectId: string, signal: AbortSignal) {
    const known = urls.get(objectId)
    if (known) return known
    const object = await ask(DrsObject, 'GET', `/ga4gh/drs/v1/objects/${encodeURIComponent(objectId)}`, signal)
    const method = object.access_methods.find(it => it.access_id ?? it.access_url)
    if (!method) throw new Problem('protocol-broken')
    const access = method.access_url
      ? { url: method.access_url.url }
      : await ask(
          DrsAccess,
          'GET',
          `/ga4gh/drs/v1/objects/${encodeURIComponent(objectId)}/access/${encodeURIComponent(method.access_id ?? '')}`,
          signal,
        )
    const headers: Record<string, string> = {}
    for (const line of 'headers' in access ? (access.headers ?? []) : []) {
      const colon = line.indexOf(':')
      if (colon > 0) headers[line.slice(0, colon).trim()] = line.slice(colon + 1).trim()
    }
    const found = { url: access.url, headers }
    urls.set(objectId, found)
    return found
  }

  return {
    async configuration(signal) {
      const response = await fetch(at('/.well-known/gw-configuration'), { signal })
      return parse(CentreConfiguration, await checked(response))
    },
    async keys(signal) {
      const { keys, serverTime } = await this.configuration(signal)
      return { jws: keys, serverTime }
    },
    enrol: (request, signal) => ask(DeviceReply, 'POST', '/devices', signal, request),
    feed: (cursor, signal) => ask(FeedPage, 'GET', `/cases?since=${encodeURIComponent(cursor)}`, signal),
    async manifest(caseId, signal) {
      const response = await authorized(at(`/cases/${caseId}/manifest`), {
        method: 'GET',
        signal,
        headers: { accept: 'application/jose' },
      })
      return new TextDecoder().decode(await checked(response)).trim()
    },
    async grant(caseId, version, signal) {
      return ask(GrantReply, 'POST', `/cases/${caseId}/grants`, signal, await grantRequest(caseId, version))
    },
    async download(objectId, start, end, signal) {
      for (let fresh = false; ; fresh = true) {
        const { url, headers } = await where(objectId, signal)
        // The access URL carries its own short-lived right: the user's token never goes to a block host.
        const response = await fetch(url, { signal, headers: { ...headers, range: `bytes=${start}-${end - 1}` } })
        if ((response.status === 401 || response.status === 403) && !fresh) {
          urls.delete(objectId)
          await response.body?.cancel()
          continue
        }
        if (response.status === 200) {
          // The whole object for a range: taking it would fill the memory.
          await response.body?.cancel()
          throw new Problem('protocol-broken')
        }
        if (response.status !== 206) await refuse(response)
        if (!response.headers.get('content-range')?.startsWith(`bytes ${start}-${end - 1}/`)) {
          await response.body?.cancel()
          throw new Problem('protocol-broken')
        }
        const bytes = await readBody(response, end - start)
        if (bytes.length !== end - start) throw new Problem('centre-unreachable')
        return bytes
      }
    },
    sendActs: (caseId, acts, signal) => ask(EventsReply, 'POST', `/cases/${caseId}/events`, signal, { events: acts }),
    async sendOrder(bundle, signal) {
      const response = await authorized(at('/fhir/'), {
        method: 'POST',
        signal,
        headers: { 'content-type': 'application/fhir+json', accept: 'application/fhir+json' },
        body: JSON.stringify(bundle),
      })
      const answer: unknown = JSON.parse(new TextDecoder().decode(await checked(response)))
      return serviceRequestOf(answer)
    },
    requests: (caseId, signal) => ask(RequestsReply, 'GET', `/cases/${caseId}/requests`, signal),
    async purgeReceipt(caseId, purgedAt, signal) {
      const response = await authorized(at(`/cases/${caseId}/purge-receipts`), {
        method: 'POST',
        signal,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ purgedAt }),
      })
      await checked(response)
    },
  }
}

/** Logical id of the ServiceRequest in a FHIR transaction-response: the `location` of its entry. */
function serviceRequestOf(answer: unknown): string {
  const entries = (answer as { entry?: { response?: { location?: string } }[] }).entry ?? []
  for (const { response } of entries) {
    const id = response?.location?.match(/ServiceRequest\/([A-Za-z0-9.-]{1,64})/)?.[1]
    if (id) return id
  }
  throw new Problem('protocol-broken')
}

function parse<T extends z.ZodType>(schema: T, bytes: Uint8Array): z.infer<T> {
  try {
    return schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch (cause) {
    throw new Problem('protocol-broken', {}, { cause })
  }
}

async function checked(response: Response): Promise<Uint8Array> {
  if (response.status < 200 || response.status > 299) await refuse(response)
  return readBody(response, JSON_LIMIT)
}

/** What a status of the centre means to the person; the body's own words never reach the screen. */
async function refuse(response: Response): Promise<never> {
  const { status } = response
  let code: string | undefined
  try {
    code = CentreProblem.safeParse(JSON.parse(new TextDecoder().decode(await readBody(response, 65_536)))).data?.code
  } catch {
    // The body is only a help; the status alone decides.
  }
  if (status === 401) throw new Problem(code === 'second-factor-missing' ? 'second-factor-missing' : 'sign-in-needed')
  if (status === 403) throw new Problem('centre-refused')
  if (status === 410) throw new Problem('withdrawn')
  if (status === 429 || status >= 500) throw new Problem('centre-failed')
  if (status >= 300 && status < 400) throw new Problem('forbidden')
  throw new Problem('centre-refused')
}
