import { z } from 'zod'

/**
 * Return level (還元レベル) of the national plan: 1 what a gene panel test would also find, 2 exome level,
 * 3 structural variants and research-level findings. Source: 全ゲノム解析等実行計画2022.
 */
export const ReportLevel = z.union([z.literal(1), z.literal(2), z.literal(3)])
export type ReportLevel = z.infer<typeof ReportLevel>
export const REPORT_LEVELS: readonly ReportLevel[] = [1, 2, 3]
