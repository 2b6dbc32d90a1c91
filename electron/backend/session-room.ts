import type { Actor } from '#domain/act.ts'
import type { SessionView } from '#domain/contract.ts'
import { Problem } from '#domain/problems.ts'
import type { EnrolmentFile } from '#sync/protocol.ts'
import type { DurableFs } from '../journal/durable-fs.ts'
import type { Kept, Login } from '../login/login.ts'
import type { Shell } from '../shell/shell.ts'
import type { Vault } from '../vault/vault.ts'
import type { Desk } from './desk.ts'
import type { Hints } from './hints.ts'

export interface SessionPorts {
  readonly fs: DurableFs
  readonly hints: Hints
  readonly vault: Vault
  readonly login: Login
  readonly shell: Shell
  readonly enrolment: EnrolmentFile
  /** What the centre says of itself; known after the first contact. */
  readonly centreName: () => { readonly name: string; readonly simulated: boolean } | undefined
  readonly now: () => Date
  readonly engineName: string
  readonly software: string
  readonly reportFolder: string
  readonly renderPdf: (document: { readonly [key: string]: unknown }) => Promise<Uint8Array>
  readonly openDesk: () => Promise<Desk>
  /** Zeroes decrypted segments and stops workers' reads. */
  readonly forgetPlain: () => Promise<void>
}

export interface SessionRoom
  extends Pick<SessionPorts, 'fs' | 'hints' | 'vault' | 'now' | 'software' | 'reportFolder' | 'renderPdf'> {
  desk(): Desk | undefined
  view(): SessionView
  signedIn(): boolean
  actor(): Actor
  readModelKey(): Uint8Array
  signIn(): Promise<SessionView>
  cancelSignIn(): SessionView
  setPassphrase(passphrase: string): Promise<SessionView>
  unlock(passphrase: string): Promise<SessionView>
  lock(): Promise<SessionView>
  close(): Promise<void>
}

/** Sign-in, passphrase, unlock, lock: the states a person passes through, and what is in memory in each of them. */
export function createSessionRoom(ports: SessionPorts): SessionRoom {
  const { vault, login, shell, enrolment, hints, now } = ports
  let desk: Desk | undefined
  let signIn: SessionView['signIn'] = { state: 'idle' }
  let unlock = { tries: 0, retryAfterMs: 0 }
  let turn: Promise<unknown> = Promise.resolve()

  /** Opening and closing one after another: a lock that overtakes an unlock would leave keys behind. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work)
    turn = mine.catch(() => undefined)
    return mine
  }

  const tell = () => hints.tell({ event: 'session' })

  function user() {
    return login.user() ?? desk?.journal.ledger.signedIn
  }

  function view(): SessionView {
    const who = user()
    const bound = desk?.journal.ledger.bound
    const { protection, keychain } = vault.protection()
    const status = desk?.engine.status()
    const state = vault.state()
    return {
      state: state === 'open' && desk ? 'open' : state === 'empty' ? (login.signedIn() ? 'set-passphrase' : 'sign-in') : 'locked',
      ...(who && vault.state() !== 'locked'
        ? { user: { sub: who.sub, name: who.name, role: who.role, hospital: who.hospital } }
        : {}),
      ...(bound ? { device: { id: bound.deviceId, name: bound.deviceName } } : {}),
      centre: { origin: enrolment.centre, ...(ports.centreName() ?? { name: new URL(enrolment.centre).host, simulated: false }) },
      signIn,
      online: status?.online ?? (login.signedIn() ? 'online' : 'sign-in-needed'),
      protection: {
        kind: protection === 'passphrase-only' ? 'passphrase-only' : 'keychain-and-passphrase',
        backend: keychain,
        engine: ports.engineName,
      },
      unlock,
      shell: shell.kind,
      versions: { ...shell.versions },
    }
  }

  async function open(): Promise<void> {
    desk = await ports.openDesk()
    const who = login.user()
    if (who) await noteSignIn()
  }

  /** Who signed in, on the record. A profile belongs to one person: their acts carry their name. */
  async function noteSignIn(): Promise<void> {
    const who = login.user()
    if (!who || !desk) return
    const { authTime: _authTime, ...person } = who
    const before = desk.journal.ledger.signedIn
    if (before?.sub === person.sub && before.acr === person.acr) return
    await desk.journal.record({ kind: 'signed-in', ...person, at: now().toISOString() })
  }

  async function finishSignIn(done: Promise<unknown>): Promise<void> {
    try {
      await done
      const owner = desk?.journal.ledger.signedIn
      if (owner && login.user()?.sub !== owner.sub) {
        login.forget()
        throw new Problem('another-user')
      }
      signIn = { state: 'idle' }
      if (vault.state() !== 'empty') {
        await vault.signedInOnline()
        unlock = { tries: 0, retryAfterMs: 0 }
      }
      if (desk) {
        await noteSignIn()
        const kept = await login.kept()
        if (kept) await keepTokens(vault, kept)
        desk.engine.poke()
      }
    } catch (failure) {
      const problem = failure instanceof Problem ? failure.code : 'sign-in-refused'
      signIn = problem === 'sign-in-cancelled' ? { state: 'idle' } : { state: 'failed', problem }
    }
    shell.closeSignIn()
    tell()
  }

  async function closeDesk(): Promise<void> {
    const closing = desk
    desk = undefined
    // Plain bytes first: a read that is under way then ends as "locked" and not as a closed file.
    await ports.forgetPlain()
    await closing?.close()
    vault.lock()
  }

  return {
    fs: ports.fs,
    hints,
    vault,
    now,
    software: ports.software,
    reportFolder: ports.reportFolder,
    renderPdf: ports.renderPdf,
    desk: () => desk,
    view,
    signedIn: () => login.signedIn(),
    actor() {
      const who = user()
      if (!who) throw new Problem('sign-in-needed')
      return { sub: who.sub, name: who.name, role: who.role, acr: who.acr }
    },
    readModelKey: () => vault.readModelKey(),
    async signIn() {
      const { url, done } = await login.begin()
      signIn = { state: 'waiting', url, since: now().toISOString() }
      const opened = await shell.openSignIn(url)
      signIn = { ...signIn, opened }
      void finishSignIn(done)
      return view()
    },
    cancelSignIn() {
      login.cancel()
      shell.closeSignIn()
      signIn = { state: 'idle' }
      return view()
    },
    setPassphrase: passphrase =>
      inTurn(async () => {
        if (vault.state() !== 'empty') throw new Problem('forbidden')
        if (!login.signedIn()) throw new Problem('sign-in-needed')
        const created = await vault.create(passphrase)
        if (!created.ok) throw new Problem(created.error.code === 'passphrase-too-short' ? 'passphrase-too-short' : 'forbidden')
        await open()
        const kept = await login.kept()
        if (kept) await keepTokens(vault, kept)
        tell()
        return view()
      }),
    unlock: passphrase =>
      inTurn(async () => {
        if (desk) return view()
        const done = await vault.unlock(passphrase)
        if (!done.ok) {
          const retryAfterMs = done.error.code === 'wrong-passphrase' ? done.error.retryAfterMs : 0
          unlock = { tries: unlock.tries + 1, retryAfterMs }
          throw new Problem(done.error.code, { retryAfterMs })
        }
        unlock = { tries: 0, retryAfterMs: 0 }
        try {
          const kept = tokensOf(vault)
          if (kept && !login.signedIn()) await login.restore(kept)
          await open()
        } catch (failure) {
          await closeDesk()
          throw failure
        }
        tell()
        return view()
      }),
    lock: () =>
      inTurn(async () => {
        await closeDesk()
        login.forget()
        signIn = { state: 'idle' }
        tell()
        return view()
      }),
    close: () =>
      inTurn(async () => {
        login.cancel()
        await closeDesk()
      }),
  }
}

/** The refresh token, its DPoP key and its owner are one secret: none of them is worth anything without the others. */
export async function keepTokens(vault: Vault, kept: Kept | undefined): Promise<void> {
  await vault.keepRefreshToken(kept && JSON.stringify(kept))
}

function tokensOf(vault: Vault): Kept | undefined {
  const text = vault.refreshToken()
  return text === undefined ? undefined : (JSON.parse(text) as Kept)
}
