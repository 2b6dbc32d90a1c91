import { z } from 'zod'
import { ConfirmationMethod } from './act.ts'

/** Life of a confirmation test order (確認検査). The words follow FHIR R4 Task / DiagnosticReport where they have one. */
export const OrderState = z.enum(['recorded', 'sent', 'accepted', 'resulted', 'rejected', 'cancelled'])
export type OrderState = z.infer<typeof OrderState>

export const OrderResult = z.object({
  outcome: z.enum(['confirmed', 'not-confirmed', 'failed']),
  text: z.string(),
  issued: z.iso.datetime(),
  laboratory: z.string().optional(),
})
export type OrderResult = z.infer<typeof OrderResult>

export const OrderView = z.object({
  orderId: z.uuid(),
  actId: z.uuid(),
  findingId: z.string(),
  method: ConfirmationMethod,
  specimenId: z.string(),
  state: OrderState,
  orderedAt: z.iso.datetime(),
  /** FHIR logical id at the centre, once it has arrived there. */
  serviceRequest: z.string().optional(),
  result: OrderResult.optional(),
  reason: z.string().optional(),
})
export type OrderView = z.infer<typeof OrderView>
