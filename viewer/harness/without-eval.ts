import { z } from 'zod'

/** Imported before any schema is made: the library tries eval once when the first object is described, and the policy forbids it. */
z.config({ jitless: true })
