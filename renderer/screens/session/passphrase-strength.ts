export const PASSPHRASE_MIN = 13

const COMMON = /password|passphrase|qwerty|asdf|12345|abcde|panelbench|hospital|パスワード|びょういん/i

/**
 * A hint, not a gate: 0 too short, 1 weak … 4 very strong. Length counts most; few different characters, runs and
 * well-known words take away. Counted in characters as people see them.
 */
export function passphraseStrength(passphrase: string): 0 | 1 | 2 | 3 | 4 {
  const characters = [...passphrase]
  const { length } = characters
  if (length < PASSPHRASE_MIN) return 0
  const different = new Set(characters.map(it => it.toLowerCase())).size
  if (different < 6 || COMMON.test(passphrase)) return 1
  const words = passphrase.split(/[\s\-_.・、]+/).filter(it => it.length > 2).length
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^\x20-\x7e]/, /[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]/].filter(it =>
    it.test(passphrase),
  ).length
  const points =
    (length >= 16 ? 1 : 0) + (length >= 22 ? 1 : 0) + (words >= 4 ? 1 : 0) + (classes >= 3 ? 1 : 0) + (different >= 12 ? 1 : 0)
  return points >= 4 ? 4 : points >= 2 ? 3 : 2
}
