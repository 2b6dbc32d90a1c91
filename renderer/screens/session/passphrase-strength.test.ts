import { expect, test } from 'vitest'
import { passphraseStrength } from './passphrase-strength.ts'

test('length counts first, then variety; well-known words and repeats stay weak', () => {
  expect(passphraseStrength('twelve-chars')).toBe(0)
  expect(passphraseStrength('aaaaaaaaaaaaaaaaaaaa')).toBe(1)
  expect(passphraseStrength('password-password')).toBe(1)
  expect(passphraseStrength('kuragemotsuki')).toBe(2)
  expect(passphraseStrength('correct horse battery staple')).toBe(4)
  expect(passphraseStrength('あさつゆ の みち を ゆく くじら')).toBeGreaterThanOrEqual(2)
})
