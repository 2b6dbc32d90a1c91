import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { _electron, type BrowserContext, chromium, type ElectronApplication, type Page } from 'playwright'

/** A workstation under the hand of a script: the page, a way to sign in, and what it asked the network for. */
export interface Driven {
  readonly shell: 'electron' | 'loopback'
  readonly page: Page
  readonly version: string
  /** Takes the person through the provider's pages. */
  signIn(user: string, password: string, code: () => string): Promise<void>
  /** Requests of any page of ours that went neither to our origin nor, for signing in, to the centre. */
  outside(): readonly string[]
  /** Process id of the privileged side. */
  pid(): number
  resize(width: number, height: number): Promise<void>
  stop(): Promise<void>
}

export interface DriveOptions {
  readonly profile: string
  readonly centre: string
  readonly width?: number
  readonly height?: number
  readonly env?: Readonly<Record<string, string>>
}

const CHROMIUM_FLAGS = [
  '--disable-gpu',
  '--no-first-run',
  '--disable-sync',
  '--disable-extensions',
  '--disable-component-update',
  '--disable-background-networking',
  '--disable-quic',
  '--disable-dev-shm-usage',
]
const asRoot = process.getuid?.() === 0

/** Real Electron, by Playwright; the sign-in window is the second one it opens. */
export async function driveElectron({ profile, centre, width = 1440, height = 900, env = {} }: DriveOptions): Promise<Driven> {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? ''
  mkdirSync(profile, { recursive: true })
  const netLog = join(profile, 'net-log.json')
  const app: ElectronApplication = await _electron.launch({
    executablePath: join(dist, 'electron'),
    args: [...(asRoot ? ['--no-sandbox'] : []), '--disable-dev-shm-usage', `--log-net-log=${netLog}`, process.cwd()],
    env: {
      ...(process.env as Record<string, string>),
      PANELBENCH_PROFILE: profile,
      PANELBENCH_WIDTH: String(width),
      PANELBENCH_HEIGHT: String(height),
      ...env,
    },
  })
  // What the privileged side could not explain, by id and place; shown when a script fails.
  app.process().stderr?.on('data', (piece: Buffer) => {
    for (const line of piece.toString().split('\n')) if (line.startsWith('{"problem"')) process.stderr.write(`${line}\n`)
  })
  const outside: string[] = []
  const allowed = (url: string) => /^(app:\/\/workstation\/|data:|blob:|devtools:)/.test(url)
  const page = await app.firstWindow()
  page.on('request', it => {
    if (!allowed(it.url())) outside.push(it.url())
  })
  return {
    shell: 'electron',
    page,
    version: await app.evaluate(() => process.versions.electron ?? ''),
    outside: () => outside,
    pid: () => app.process().pid ?? 0,
    async resize(w, h) {
      await app.evaluate(
        ({ BrowserWindow }, [x, y]) => BrowserWindow.getAllWindows()[0]?.setContentSize(x as number, y as number),
        [w, h],
      )
    },
    async signIn(user, password, code) {
      const window = app.waitForEvent('window')
      await page.getByTestId('sign-in').click()
      const provider = await window
      provider.on('request', it => {
        if (!it.url().startsWith(centre) && !it.url().startsWith('http://127.0.0.1:') && !allowed(it.url()))
          outside.push(it.url())
      })
      await passProvider(provider, user, password, code)
    },
    async stop() {
      await app.close()
      // What the whole browser asked the network stack for, not only what its pages let us see.
      outside.push(
        ...requestsIn(netLog).filter(url => !url.startsWith(centre) && !url.startsWith('http://127.0.0.1:') && !allowed(url)),
      )
    },
  }
}

/** Addresses of the URL requests in Chromium's network log. The log may be cut off at its end when the browser went quickly. */
function requestsIn(path: string): string[] {
  const text = readFileSync(path, 'utf8')
  return [...text.matchAll(/"url":"((?:https?|wss?|ftp):[^"]+)"/g)].map(match => match[1] ?? '')
}

/** The loopback shell and a Chromium with a profile of its own, which trusts the demo centre's certificate by its key and no other. */
export async function driveLoopback({ profile, centre, width = 1440, height = 900, env = {} }: DriveOptions): Promise<Driven> {
  const started = await startLoopback(profile, env)
  const browserProfile = join(profile, 'browser')
  mkdirSync(browserProfile, { recursive: true })
  const context: BrowserContext = await chromium.launchPersistentContext(browserProfile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    viewport: { width, height },
    args: [
      ...CHROMIUM_FLAGS,
      ...(asRoot ? ['--no-sandbox'] : []),
      `--ignore-certificate-errors-spki-list=${await spkiOf(centre)}`,
    ],
  })
  const outside: string[] = []
  const allowed = (url: string) => url.startsWith(`${started.origin}/`) || /^(data:|blob:|about:)/.test(url)
  const page = context.pages()[0] ?? (await context.newPage())
  page.on('request', it => {
    if (!allowed(it.url())) outside.push(it.url())
  })
  await page.goto(started.url)
  return {
    shell: 'loopback',
    page,
    version: context.browser()?.version() ?? 'chromium',
    outside: () => outside,
    pid: () => started.child.pid ?? 0,
    resize: (w, h) => page.setViewportSize({ width: w, height: h }),
    async signIn(user, password, code) {
      await page.getByTestId('sign-in').click()
      const link = page.getByTestId('sign-in-url')
      await link.waitFor()
      const url =
        (await link.getAttribute('href')) ?? (await link.inputValue().catch(async () => (await link.textContent()) ?? ''))
      const provider = await context.newPage()
      provider.on('request', it => {
        if (!it.url().startsWith(centre) && !it.url().startsWith('http://127.0.0.1:') && !allowed(it.url()))
          outside.push(it.url())
      })
      await provider.goto(url)
      await passProvider(provider, user, password, code)
      await provider.close().catch(() => undefined)
    },
    async stop() {
      await context.close()
      started.child.kill('SIGTERM')
      await started.exited
    },
  }
}

async function passProvider(provider: Page, user: string, password: string, code: () => string): Promise<void> {
  await provider.locator('input[name=user]').fill(user)
  await provider.locator('input[name=password]').fill(password)
  await provider.locator('input[name=password]').press('Enter')
  await provider.locator('input[name=code]').waitFor()
  await provider.locator('input[name=code]').fill(code())
  await provider.locator('input[name=code]').press('Enter')
  await provider.waitForURL(/127\.0\.0\.1/, { timeout: 20_000 }).catch(() => undefined)
}

export interface Loopback {
  readonly child: ChildProcess
  readonly origin: string
  readonly url: string
  readonly exited: Promise<number | null>
}

export function startLoopback(profile: string, env: Readonly<Record<string, string>> = {}): Promise<Loopback> {
  const child = spawn(process.execPath, [join(process.cwd(), 'dist/electron/loopback.cjs')], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, PANELBENCH_PROFILE: profile, ...env },
  })
  const exited = new Promise<number | null>(resolve => child.once('exit', resolve))
  let errors = ''
  child.stderr?.on('data', (piece: Buffer) => {
    errors += piece.toString()
  })
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (piece: Buffer) => {
      text += piece.toString()
      const line = text.split('\n').find(it => it.includes('"ready"'))
      if (line) resolve({ child, ...(JSON.parse(line) as { origin: string; url: string }), exited })
    })
    void exited.then(code => reject(new Error(`the loopback shell stopped (${code}): ${errors}`)))
  })
}

/** SHA-256 of the key of the certificate that the centre shows, as Chromium's flag wants it. */
function spkiOf(origin: string): Promise<string> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false }, () => {
      const certificate = new X509Certificate(socket.getPeerCertificate(true).raw)
      socket.end()
      resolve(
        createHash('sha256')
          .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
          .digest('base64'),
      )
    })
    socket.on('error', reject)
  })
}

/** Asks the demo centre, trusting its own authority. */
export function askCentre<T>(origin: string, profile: string, method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const { caPem } = JSON.parse(readFileSync(join(profile, 'enrolment.json'), 'utf8')) as { caPem: string }
  return new Promise((resolve, reject) => {
    const call = request(
      new URL(path, origin),
      { method, ca: caPem, headers: body === undefined ? {} : { 'content-type': 'application/json' } },
      answer => {
        const pieces: Buffer[] = []
        answer.on('data', (piece: Buffer) => pieces.push(piece))
        answer.on('end', () => resolve(JSON.parse(Buffer.concat(pieces).toString()) as T))
      },
    )
    call.on('error', reject)
    call.end(body === undefined ? undefined : JSON.stringify(body))
  })
}
