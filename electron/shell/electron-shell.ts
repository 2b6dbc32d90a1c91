import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, BrowserWindow, safeStorage, session } from 'electron'
import { isOwnPage } from '../guard/navigation.ts'
import { isCentreCertificate } from './pinned-certificate.ts'
import type { SecretStore, Shell } from './shell.ts'

export interface ElectronShellPorts {
  readonly profile: string
  readonly centre: string
  readonly caPem: string
}

export const WINDOW_SAFETY = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
  navigateOnDragDrop: false,
} as const

/** The Electron half of the shell port: keychain by safeStorage, sign-in in a window and partition of its own. */
export function createElectronShell({ profile, centre, caPem }: ElectronShellPorts): Shell {
  let window: BrowserWindow | undefined
  return {
    kind: 'electron',
    secrets: keychain(join(profile, 'device-secret.bin')),
    versions: {
      panelbench: app.getVersion(),
      electron: process.versions.electron ?? '',
      chrome: process.versions.chrome ?? '',
      node: process.versions.node,
    },
    async openSignIn(url) {
      window?.destroy()
      // In memory, and without our scheme: whatever runs in the provider's page cannot reach a case.
      const partition = session.fromPartition('sign-in')
      await partition.clearStorageData()
      partition.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
      partition.webRequest.onBeforeRequest(({ url: asked }, answer) => answer({ cancel: !mayVisit(asked, centre) }))
      partition.setCertificateVerifyProc(({ hostname, certificate }, answer) =>
        answer(isCentreCertificate(certificate.data, caPem, hostname, new Date()) ? 0 : -2),
      )
      const opened = new BrowserWindow({
        width: 520,
        height: 720,
        title: 'Panelbench',
        autoHideMenuBar: true,
        webPreferences: { ...WINDOW_SAFETY, partition: 'sign-in' },
      })
      window = opened
      opened.webContents.on('will-navigate', (event, target) => {
        if (!mayVisit(target, centre)) event.preventDefault()
      })
      opened.webContents.on('will-redirect', (event, target) => {
        if (!mayVisit(target, centre)) event.preventDefault()
      })
      opened.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
      opened.on('closed', () => {
        if (window === opened) window = undefined
      })
      try {
        await opened.loadURL(url)
        return true
      } catch {
        opened.destroy()
        return false
      }
    },
    closeSignIn() {
      window?.destroy()
      window = undefined
    },
  }
}

/** The sign-in window sees the centre's pages and the loopback redirect, nothing else. */
function mayVisit(target: string, centre: string): boolean {
  return isOwnPage(target, centre) || /^http:\/\/127\.0\.0\.1:\d+\/(cb\?|favicon\.ico$)/.test(target)
}

/** `basic_text` is a password in the program: no protection, so it counts as none. */
function keychain(path: string): SecretStore {
  const backend = (): string => {
    const named = (safeStorage as { getSelectedStorageBackend?: () => string }).getSelectedStorageBackend?.()
    return named ?? (process.platform === 'linux' ? 'linux-keyring' : process.platform === 'darwin' ? 'keychain' : 'dpapi')
  }
  const usable = () => {
    if (app.commandLine.getSwitchValue('password-store') === 'basic') return false
    return safeStorage.isEncryptionAvailable() && backend() !== 'basic_text' && backend() !== 'unknown'
  }
  return {
    available: () => (usable() ? { kind: 'os-keychain', backend: backend() } : { kind: 'none', backend: backend() }),
    async read() {
      const sealed = await readFile(path).catch(() => undefined)
      if (!sealed || !usable()) return undefined
      try {
        return new Uint8Array(Buffer.from(safeStorage.decryptString(sealed), 'base64'))
      } catch {
        return undefined
      }
    },
    async write(secret) {
      await writeFile(path, safeStorage.encryptString(Buffer.from(secret).toString('base64')), { mode: 0o600 })
    },
    async clear() {
      await rm(path, { force: true })
    },
  }
}
