import './web-globals.ts'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { app, BrowserWindow, dialog, protocol, session } from 'electron'
import { sentence } from '#domain/problems.ts'
import { type Assembled, assemble } from './assemble.ts'
import { cancelWithBody } from './guard/cancel-with-body.ts'
import { isOwnPage, mayRequest } from './guard/navigation.ts'
import { readEnrolment } from './login/enrolment.ts'
import { createElectronShell, WINDOW_SAFETY } from './shell/electron-shell.ts'
import { holdInstance } from './shell/instance-lock.ts'

const ORIGIN = 'app://workstation'
const PARTITION = 'persist:workstation'

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
])

const profile = process.env.PANELBENCH_PROFILE ?? join(app.getPath('appData'), 'Panelbench')
app.setPath('userData', join(profile, 'electron'))
app.setPath('crashDumps', join(profile, 'electron', 'crashes'))

// Chromium asks its maker for dictionaries, components and experiments by itself; found in its network log. A hospital's machine asks nobody.
for (const name of [
  'disable-background-networking',
  'disable-component-update',
  'disable-domain-reliability',
  'no-pings',
  'disable-sync',
]) {
  app.commandLine.appendSwitch(name)
}
app.on('session-created', made => {
  made.setSpellCheckerEnabled(false)
  made.setSpellCheckerDictionaryDownloadURL(`${ORIGIN}/no-dictionary/`)
})

let assembled: Assembled | undefined
let window: BrowserWindow | undefined
let release: (() => Promise<void>) | undefined

if (!app.requestSingleInstanceLock()) alreadyRunning()
else {
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  app
    .whenReady()
    .then(start)
    .catch(failure => {
      process.stderr.write(`could not start: ${failure instanceof Error ? failure.name : 'unknown'}\n`)
      app.exit(1)
    })
}

function alreadyRunning(): void {
  process.stderr.write(`${sentence('already-running', 'ja')} / ${sentence('already-running', 'en')}\n`)
  app.exit(3)
}

async function start(): Promise<void> {
  // The other shell may be open on the same profile: two would write one journal.
  await mkdir(profile, { recursive: true, mode: 0o700 })
  release = await holdInstance(join(profile, 'instance.lock'))
  if (!release) {
    alreadyRunning()
    return
  }
  const enrolment = await readEnrolment(profile)
  if (!enrolment) {
    dialog.showErrorBox('Panelbench', `${sentence('not-enrolled', 'ja')}\n\n${sentence('not-enrolled', 'en')}`)
    app.exit(4)
    return
  }
  const shell = createElectronShell({ profile, centre: enrolment.centre, caPem: enrolment.caPem })
  assembled = await assemble({ profile, enrolment, shell, resources: join(__dirname, '..') })

  const partition = session.fromPartition(PARTITION)
  partition.protocol.handle('app', cancelWithBody(assembled.handle))
  partition.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  partition.setPermissionCheckHandler(() => false)
  partition.setDevicePermissionHandler(() => false)
  partition.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayRequest(url, ORIGIN) }))
  partition.on('will-download', (event, item) => {
    if (!isOwnPage(item.getURL(), ORIGIN) && !item.getURL().startsWith('blob:')) event.preventDefault()
  })
  openWindow()
}

function openWindow(): void {
  const width = Number(process.env.PANELBENCH_WIDTH ?? 1440)
  const height = Number(process.env.PANELBENCH_HEIGHT ?? 900)
  window = new BrowserWindow({
    width,
    height,
    useContentSize: true,
    title: 'Panelbench',
    autoHideMenuBar: true,
    backgroundColor: '#F4F3EF',
    webPreferences: { ...WINDOW_SAFETY, partition: PARTITION },
  })
  window.removeMenu()
  void window.loadURL(`${ORIGIN}/`)
}

app.on('web-contents-created', (_event, contents) => {
  contents.on('will-attach-webview', event => event.preventDefault())
  if (contents.session !== session.fromPartition(PARTITION)) return
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const) {
    contents.on(name as 'will-navigate', (event: { preventDefault(): void; url?: string }, target?: string) => {
      if (!isOwnPage(target ?? event.url ?? '', ORIGIN)) event.preventDefault()
    })
  }
})
app.on('select-client-certificate', (event, _contents, _url, _list, choose) => {
  event.preventDefault()
  ;(choose as (certificate?: undefined) => void)()
})
app.on('window-all-closed', () => app.quit())
app.on('before-quit', event => {
  const closing = assembled
  if (!closing) return
  event.preventDefault()
  assembled = undefined
  void closing.workstation
    .close()
    .then(() => release?.())
    .finally(() => app.quit())
})
