import { z } from 'zod'

/* Imported before any schema is made: the library tries to compile code when the first object is described, and the policy forbids it. */
z.config({ jitless: true })
