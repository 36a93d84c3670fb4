import { z } from 'zod'
import { cleanText } from './text.ts'

/** Free text written by people, cleaned (`cleanText`); `max` counts what is kept of it. May be empty. */
export const freeText = (max: number) => z.string().max(10_000).transform(cleanText).pipe(z.string().max(max))

/** Free text that must not be empty: a text of only invisible characters is empty. */
export const someText = (max: number) => z.string().max(10_000).transform(cleanText).pipe(z.string().min(1).max(max))
