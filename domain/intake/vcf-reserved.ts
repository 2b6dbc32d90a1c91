/** Number and Type that VCF 4.3 reserves (specification, 1.6.1 and 1.6.2). An undefined part may be anything. */
export interface Reserved {
  readonly number?: string
  readonly type?: 'Integer' | 'Float' | 'String' | 'Flag'
  readonly atLeastZero?: boolean
}

const flag: Reserved = { number: '0', type: 'Flag' }
const perAllele: Reserved = { number: 'R', type: 'Integer', atLeastZero: true }
const one: Reserved = { number: '1', type: 'Integer', atLeastZero: true }

export const RESERVED_INFO: Readonly<Record<string, Reserved | undefined>> = {
  AA: { number: '1', type: 'String' },
  AC: { number: 'A', type: 'Integer', atLeastZero: true },
  AD: perAllele,
  ADF: perAllele,
  ADR: perAllele,
  AF: { number: 'A', type: 'Float', atLeastZero: true },
  AN: one,
  BQ: { number: '1', type: 'Float' },
  CIGAR: { number: 'A', type: 'String' },
  DB: flag,
  DP: one,
  END: one,
  H2: flag,
  H3: flag,
  // Callers write MQ as Float and as Integer; only its number is checked.
  MQ: { number: '1' },
  MQ0: one,
  NS: one,
  SOMATIC: flag,
  VALIDATED: flag,
  '1000G': flag,
}

export const RESERVED_FORMAT: Readonly<Record<string, Reserved | undefined>> = {
  AD: perAllele,
  ADF: perAllele,
  ADR: perAllele,
  DP: one,
  EC: { number: 'A', type: 'Integer' },
  FT: { number: '1', type: 'String' },
  GL: { number: 'G', type: 'Float' },
  GP: { number: 'G', type: 'Float' },
  GQ: { number: '1', type: 'Integer' },
  GT: { number: '1', type: 'String' },
  HQ: { number: '2', type: 'Integer' },
  MQ: { number: '1', type: 'Integer' },
  PL: { number: 'G', type: 'Integer' },
  PQ: { number: '1', type: 'Integer' },
  PS: { number: '1', type: 'Integer' },
}
