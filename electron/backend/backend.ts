import { type Context, Hono } from 'hono'
import type { z } from 'zod'
import { BYTES, contract, type Endpoint } from '#domain/contract.ts'
import { Problem } from '#domain/problems.ts'
import { guarded } from '../guard/content-policy.ts'
import type { Assets } from './assets.ts'
import { eventStream } from './event-stream.ts'
import { fileResponse } from './file-response.ts'
import type { Handler } from './handler.ts'
import { problemResponse, type Report } from './problem-response.ts'
import type { Workstation } from './workstation.ts'

/** A decision with its text fits many times; a body larger than this is not one of ours. */
const BODY_LIMIT = 1024 * 1024

export interface BackendPorts {
  readonly workstation: Workstation
  readonly assets: Assets
  readonly report: Report
}

/** The whole backend as one web-standard function, whatever shell mounts it. Start reading here. */
export function createBackend({ workstation, assets, report }: BackendPorts): Handler {
  const app = new Hono()

  /** Binds one endpoint of the contract. Default deny: unless the contract says `open`, a locked workstation answers 401. */
  function serve<Request extends z.ZodType, Reply extends z.ZodType>(
    endpoint: Endpoint<Request, Reply>,
    work: (request: z.infer<Request>) => Promise<z.infer<Reply>> | z.infer<Reply>,
  ): void {
    app.on(endpoint.method, endpoint.path, async c => {
      if (!endpoint.open && !workstation.isOpen()) throw new Problem('locked')
      const parsed = endpoint.request.safeParse({ ...(endpoint.method === 'POST' ? await jsonOf(c) : {}), ...c.req.param() })
      if (!parsed.success) throw new Problem('bad-request')
      return Response.json(await work(parsed.data))
    })
  }

  serve(contract.session, () => workstation.session())
  serve(contract.signIn, () => workstation.signIn())
  serve(contract.cancelSignIn, () => workstation.cancelSignIn())
  serve(contract.setPassphrase, ({ passphrase }) => workstation.setPassphrase(passphrase))
  serve(contract.unlock, ({ passphrase }) => workstation.unlock(passphrase))
  serve(contract.lock, () => workstation.lock())
  serve(contract.readModelKey, async () => ({ key: await workstation.readModelKey() }))
  serve(contract.cases, async () => ({ cases: [...(await workstation.cases())] }))
  serve(contract.case, ({ caseId }) => workstation.case(caseId))
  serve(contract.recordAct, input => workstation.recordAct(input))
  serve(contract.issueReport, ({ caseId, language }) => workstation.issueReport(caseId, language))
  serve(contract.sync, () => workstation.sync())
  serve(contract.runSync, () => workstation.runSync())
  serve(contract.cancelSync, ({ caseId }) => workstation.cancelSync(caseId))
  serve(contract.resumeSync, ({ caseId }) => workstation.resumeSync(caseId))
  serve(contract.setNetwork, ({ on }) => workstation.setNetwork(on))

  app.on(['GET', 'HEAD'], BYTES.file, async c => {
    if (!workstation.isOpen()) throw new Problem('locked')
    const { caseId, fileId } = c.req.param()
    return fileResponse(c.req.raw, await workstation.file(caseId ?? '', fileId ?? ''))
  })
  app.get(BYTES.report, async c => {
    if (!workstation.isOpen()) throw new Problem('locked')
    const language = c.req.query('language') === 'en' ? 'en' : 'ja'
    const pdf = await workstation.reportPdf(c.req.param('caseId') ?? '', language, c.req.query('sha256'))
    return new Response(pdf as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': 'application/pdf', 'content-disposition': 'inline; filename="report.pdf"' },
    })
  })
  app.get(BYTES.events, c => eventStream(workstation.hints, c.req.raw.signal))
  app.all('/api/*', () => {
    throw new Problem('not-found')
  })
  app.on(['GET', 'HEAD'], '*', c => assets(new URL(c.req.url).pathname))
  app.all('*', () => {
    throw new Problem('not-found')
  })
  app.onError(failure => problemResponse(failure, report))

  // The outermost function never throws: in Electron that would be a bare network error.
  return async request => {
    try {
      return guarded(await app.fetch(request))
    } catch (failure) {
      return guarded(problemResponse(failure, report))
    }
  }
}

async function jsonOf(c: Context): Promise<Record<string, unknown>> {
  if (Number(c.req.header('content-length') ?? 0) > BODY_LIMIT) throw new Problem('too-large')
  const text = await c.req.text()
  if (text.length > BODY_LIMIT) throw new Problem('too-large')
  try {
    const body: unknown = text === '' ? {} : JSON.parse(text)
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>
  } catch {
    // Falls to the one answer below.
  }
  throw new Problem('bad-request')
}
