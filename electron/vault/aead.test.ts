import { expect, test } from 'vitest'
import { chooseAead } from './aead.ts'
import { toHex } from './hex.ts'
import { knownAnswersFail } from './known-answers.ts'

test('both engines are there and give the published answers', async () => {
  const wasm = await chooseAead({ require: 'wasm' })
  const native = await chooseAead({ require: 'native' })
  expect([wasm.engine, native.engine]).toEqual(['wasm', 'native'])
  expect([knownAnswersFail(wasm), knownAnswersFail(native)]).toEqual([undefined, undefined])
})

test('without a wish the native engine is taken', async () => {
  expect((await chooseAead()).engine).toBe('native')
})

test('an engine that accepts a wrong MAC is found out', async () => {
  const wasm = await chooseAead({ require: 'wasm' })
  const careless = { ...wasm, open: (sealed: Uint8Array) => sealed.subarray(0, sealed.length - 16) }
  expect(knownAnswersFail(careless)).toBe('chacha20-poly1305 open')
  const blind = { ...wasm, open: (s: Uint8Array, n: Uint8Array, k: Uint8Array) => wasm.open(s, n, k) ?? new Uint8Array(1) }
  expect(knownAnswersFail(blind)).toBe('chacha20-poly1305 refuses a wrong MAC')
})

test('the engines agree on Ed25519 keys turned into X25519 keys', async () => {
  const engines = [await chooseAead({ require: 'wasm' }), await chooseAead({ require: 'native' })]
  // RFC 8032 §7.1, test 1: seed, then public key.
  const ed = Uint8Array.from(
    Buffer.from(
      '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      'hex',
    ),
  )
  const pairs = engines.map(engine => {
    const secret = engine.x25519SecretOfEd25519(ed)
    expect(toHex(engine.publicKeyOf(secret))).toBe(toHex(engine.x25519PublicOfEd25519(ed.subarray(32))))
    return toHex(secret)
  })
  expect(pairs[0]).toBe(pairs[1])
})
