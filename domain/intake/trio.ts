import type { Finding } from '../finding.ts'

export type Inheritance = NonNullable<Finding['inheritance']>
export type Zygosity = NonNullable<Finding['zygosity']>

/** Allele numbers of a GT value; undefined for a missing allele. */
export function allelesOf(genotype: string | undefined): readonly (number | undefined)[] {
  if (!genotype) return []
  return genotype
    .split(/[/|]/)
    .filter(it => it !== '')
    .map(it => (it === '.' ? undefined : Number(it)))
}

export function zygosityOf(genotype: string | undefined, allele: number): Zygosity {
  const alleles = allelesOf(genotype)
  const carried = alleles.filter(it => it === allele).length
  if (carried === 0 || alleles.includes(undefined)) return 'unknown'
  if (alleles.length === 1) return 'hemizygous'
  return carried === alleles.length ? 'homozygous' : 'heterozygous'
}

/**
 * Where the child's allele comes from, by genotypes alone. Both parents must be called. A heterozygous child of two carriers is
 * "unknown": genotypes do not tell which of them gave it; so is a homozygous child whose parents do not both carry it (a wrong
 * call is likelier than two new alleles). A son's X comes from his mother.
 */
export function inheritanceOf(
  allele: number,
  child: string | undefined,
  mother: string | undefined,
  father: string | undefined,
  sonsX: boolean,
): Inheritance {
  const carries = (genotype: string | undefined) => allelesOf(genotype).includes(allele)
  const called = (genotype: string | undefined) => {
    const alleles = allelesOf(genotype)
    return alleles.length > 0 && !alleles.includes(undefined)
  }
  if (!carries(child) || !called(mother)) return 'unknown'
  if (sonsX) return carries(mother) ? 'maternal' : 'de-novo'
  if (!called(father)) return 'unknown'
  const [fromMother, fromFather] = [carries(mother), carries(father)]
  if (zygosityOf(child, allele) === 'homozygous') return fromMother && fromFather ? 'biparental' : 'unknown'
  if (!fromMother && !fromFather) return 'de-novo'
  if (fromMother && fromFather) return 'unknown'
  return fromMother ? 'maternal' : 'paternal'
}
