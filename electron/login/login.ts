import type { webcrypto } from 'node:crypto'
import * as oidc from 'openid-client'
import { Problem } from '#domain/problems.ts'
import type { AuthorizedFetch } from '../centre/centre-client.ts'
import { type PinnedFetch, transportProblem } from '../centre/pinned-fetch.ts'
import { openLanding } from './landing.ts'

/** The token is renewed when less than this is left of it. */
const EARLY_MS = 30_000

export interface SignedIn {
  readonly sub: string
  readonly name: string
  readonly role: string
  readonly hospital: string
  readonly acr: string
  readonly authTime: number
}

/** What must survive a restart to stay signed in: sealed by the vault, never in clear. */
export interface Kept {
  readonly refreshToken: string
  readonly dpop: { readonly publicKey: webcrypto.JsonWebKey; readonly privateKey: webcrypto.JsonWebKey }
  readonly user: SignedIn
}

export interface LoginPorts {
  readonly fetch: PinnedFetch
  readonly issuer: () => Promise<{ readonly issuer: string; readonly clientId: string; readonly acrValues: readonly string[] }>
  readonly subtle: webcrypto.SubtleCrypto
  readonly now: () => number
  /** Called whenever the refresh token turns over, so that the newest one is what survives. */
  readonly keep: (kept: Kept | undefined) => Promise<void>
}

export interface Login {
  /** Opens the loopback door and answers where the person signs in. `done` settles when they did, gave up or took too long. */
  begin(): Promise<{ readonly url: string; readonly done: Promise<SignedIn> }>
  cancel(): void
  restore(kept: Kept): Promise<void>
  kept(): Promise<Kept | undefined>
  user(): SignedIn | undefined
  signedIn(): boolean
  readonly authorized: AuthorizedFetch
  forget(): void
}

interface Tokens {
  readonly access: string
  readonly expiresAt: number
  readonly refresh: string | undefined
}

/** Authorization code + PKCE with a loopback redirect (RFC 8252), DPoP-bound tokens (RFC 9449), second factor by `acr`. */
export function createLogin({ fetch, issuer, subtle, now, keep }: LoginPorts): Login {
  let config: oidc.Configuration | undefined
  let keys: oidc.CryptoKeyPair | undefined
  let handle: oidc.DPoPHandle | undefined
  let tokens: Tokens | undefined
  let user: SignedIn | undefined
  let door: { close(problem: Problem): void } | undefined
  let renewing: Promise<void> | undefined

  async function configured(): Promise<oidc.Configuration> {
    if (config) return config
    const centre = await issuer()
    try {
      config = await oidc.discovery(
        new URL(centre.issuer),
        centre.clientId,
        { token_endpoint_auth_method: 'none' },
        oidc.None(),
        {
          [oidc.customFetch]: (url, init) => fetch(url, init as RequestInit),
          timeout: 15,
        },
      )
    } catch (failure) {
      throw rooted(failure, 'protocol-broken')
    }
    return config
  }

  async function dpop(ready: oidc.Configuration): Promise<oidc.DPoPHandle> {
    // Extractable, since it must survive a restart inside the vault: the refresh token is bound to it.
    keys ??= await oidc.randomDPoPKeyPair('ES256', { extractable: true })
    handle ??= oidc.getDPoPHandle(ready, keys)
    return handle
  }

  function take(answer: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers): void {
    if (answer.token_type.toLowerCase() !== 'dpop') throw new Problem('sign-in-refused')
    tokens = {
      access: answer.access_token,
      expiresAt: now() + (answer.expiresIn() ?? 60) * 1000,
      refresh: answer.refresh_token ?? tokens?.refresh,
    }
  }

  async function kept(): Promise<Kept | undefined> {
    if (!tokens?.refresh || !keys || !user) return undefined
    const [publicKey, privateKey] = await Promise.all([
      subtle.exportKey('jwk', keys.publicKey),
      subtle.exportKey('jwk', keys.privateKey),
    ])
    return { refreshToken: tokens.refresh, dpop: { publicKey, privateKey }, user }
  }

  async function renew(): Promise<void> {
    const refresh = tokens?.refresh
    if (!refresh) throw new Problem('sign-in-needed')
    const ready = await configured()
    try {
      take(await oidc.refreshTokenGrant(ready, refresh, undefined, { DPoP: await dpop(ready) }))
    } catch (failure) {
      const problem = rooted(failure, 'sign-in-needed')
      // A refused refresh token is dead for good (RFC 9700: re-use kills the family); a dead line is not.
      if (problem.code === 'sign-in-needed') {
        tokens = undefined
        await keep(undefined)
      }
      throw problem
    }
    await keep(await kept())
  }

  return {
    async begin() {
      door?.close(new Problem('sign-in-cancelled'))
      config = undefined
      const centre = await issuer()
      const ready = await configured()
      const proof = await dpop(ready)
      const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
      const expectedState = oidc.randomState()
      const expectedNonce = oidc.randomNonce()
      const landing = await openLanding()
      const done = (async () => {
        const currentUrl = await landing.request
        try {
          const answer = await oidc.authorizationCodeGrant(
            ready,
            currentUrl,
            { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true, maxAge: 600 },
            undefined,
            { DPoP: proof },
          )
          const claims = answer.claims()
          if (!claims) throw new Problem('sign-in-refused')
          const acr = typeof claims.acr === 'string' ? claims.acr : ''
          // The centre checks it as well; this end must not rely on that.
          if (!centre.acrValues.includes(acr)) throw new Problem('second-factor-missing')
          take(answer)
          user = {
            sub: claims.sub,
            name: text(claims.name) ?? claims.sub,
            role: text(claims.role) ?? '',
            hospital: text(claims.hospital) ?? '',
            acr,
            authTime: claims.auth_time ?? Math.floor(now() / 1000),
          }
          landing.answer('done')
        } catch (failure) {
          landing.answer('failed')
          throw rooted(failure, 'sign-in-refused')
        }
        await keep(await kept())
        return user
      })()
      door = landing
      void done.catch(() => undefined).finally(() => landing.end())
      const url = oidc.buildAuthorizationUrl(ready, {
        redirect_uri: landing.redirect,
        scope: 'openid profile offline_access panelbench',
        code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
        state: expectedState,
        nonce: expectedNonce,
        acr_values: centre.acrValues.join(' '),
        max_age: '600',
        prompt: 'login',
        claims: JSON.stringify({
          id_token: { amr: null, auth_time: { essential: true }, name: null, role: null, hospital: null },
        }),
      })
      return { url: url.href, done }
    },
    cancel() {
      door?.close(new Problem('sign-in-cancelled'))
    },
    async restore({ refreshToken, dpop: pair, user: who }) {
      const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
      keys = {
        publicKey: await subtle.importKey('jwk', pair.publicKey, algorithm, true, ['verify']),
        privateKey: await subtle.importKey('jwk', pair.privateKey, algorithm, true, ['sign']),
      }
      handle = undefined
      user = who
      tokens = { access: '', expiresAt: 0, refresh: refreshToken }
    },
    kept,
    user: () => user,
    signedIn: () => tokens !== undefined,
    async authorized(url, { method, body, headers, signal }) {
      const ready = await configured()
      if (!tokens) throw new Problem('sign-in-needed')
      if (tokens.expiresAt - now() < EARLY_MS) {
        // One renewal for all who wait: two would be a re-use, and kill the family.
        renewing ??= renew().finally(() => {
          renewing = undefined
        })
        await renewing
      }
      try {
        return await oidc.fetchProtectedResource(ready, tokens.access, url, method, body, new Headers(headers), {
          DPoP: await dpop(ready),
          // @ts-expect-error the option is passed through to fetch; its type does not list it
          signal,
        })
      } catch (failure) {
        if (signal.aborted) throw signal.reason
        if (failure instanceof oidc.WWWAuthenticateChallengeError) return failure.response
        throw rooted(failure, 'sign-in-needed')
      }
    },
    forget() {
      door?.close(new Problem('sign-in-cancelled'))
      tokens = undefined
      keys = undefined
      handle = undefined
      user = undefined
      config = undefined
    },
  }
}

/** Finds a `Problem` in the chain of causes; libraries wrap what our fetch threw. */
function rooted(failure: unknown, otherwise: 'protocol-broken' | 'sign-in-needed' | 'sign-in-refused'): Problem {
  for (let at: unknown = failure; at instanceof Error; at = at.cause) {
    if (at instanceof Problem) return at
    if ('code' in at && /^(E[A-Z]+|.*CERT.*)$/.test(String(at.code)) && String(at.code).startsWith('E'))
      return transportProblem(at)
  }
  return new Problem(otherwise, {}, { cause: failure })
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
