import type { PedigreeMember } from '../case.ts'

export interface Ped {
  readonly family: string
  readonly members: readonly PedigreeMember[]
}

/**
 * Reads a PED file (six columns: family, individual, father, mother, sex 1/2, phenotype 1/2). The proband is the first affected member
 * with both parents, else the first affected one. Throws with the line number when a line is not a member.
 */
export function readPed(text: string): Ped {
  const rows: { readonly family: string; readonly member: PedigreeMember }[] = []
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (raw.trim() === '' || raw.startsWith('#')) continue
    // Tabs keep empty parents apart; files written by hand use spaces.
    const columns = raw.includes('\t') ? raw.split('\t').map(it => it.trim()) : raw.trim().split(/\s+/)
    const [family = '', id = '', father = '', mother = '', sex = '', phenotype = ''] = columns
    if (columns.length < 6 || id === '') throw new SyntaxError(`PED line ${index + 1}: six columns are expected`)
    rows.push({
      family,
      member: {
        id,
        ...(isSomeone(father) ? { father } : {}),
        ...(isSomeone(mother) ? { mother } : {}),
        sex: sex === '1' ? 'male' : sex === '2' ? 'female' : 'unknown',
        affected: phenotype === '2' ? 'affected' : phenotype === '1' ? 'unaffected' : 'unknown',
      },
    })
  }
  const first = rows[0]
  if (!first) throw new SyntaxError('PED: there is no member')
  const members = rows.filter(it => it.family === first.family).map(it => it.member)
  if (new Set(members.map(it => it.id)).size !== members.length) throw new SyntaxError('PED: a member comes twice')
  const affected = members.filter(it => it.affected === 'affected')
  const proband = affected.find(it => it.father && it.mother) ?? affected[0] ?? members.find(it => it.father && it.mother)
  return { family: first.family, members: members.map(it => (it === proband ? { ...it, proband: true } : it)) }
}

function isSomeone(id: string): boolean {
  return id !== '' && id !== '0' && id !== '.'
}
