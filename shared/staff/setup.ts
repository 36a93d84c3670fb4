import { z } from 'zod'
import { slug } from '../menu/menu.ts'
import { languages } from '../menu/words.ts'
import { someText } from '../text-input.ts'

/** A PIN by today's rule; those of earlier builds may be shorter and still sign in. */
export const newPin = z.string().regex(/^\d{6}$/)

/** Words that are addresses of the site, so that no pizzeria may have them as its name. */
const taken = new Set([
  'api',
  'lab',
  'setup',
  'healthz',
  'readyz',
  'metrics',
  'pusher',
  'app',
  'apps',
  'docs',
  'openapi',
  'reference',
])
/** Names that no pizzeria can have, whoever asks. */
export const isTakenId = (id: string) => taken.has(id)

const isTimezone = (name: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
const isCountry = (code: string) => /^[A-Z]{2}$/.test(code) && regions.of(code) !== code
const regions = new Intl.DisplayNames('en', { type: 'region' })
const currencies = new Set(Intl.supportedValuesOf('currency'))

export const country = z.string().refine(isCountry, 'A country by its two letters, as in FR.')
export const currency = z.string().refine((code) => currencies.has(code), 'A currency by its three letters, as in EUR.')
export const timezone = z.string().max(60).refine(isTimezone, 'A time zone by its IANA name, as in Europe/Paris.')

/** What a new menu starts with. */
export const firstMenu = z.enum(['napoli', 'empty'])

/** The body that opens a pizzeria: the shop, and its first manager. */
export const setupInput = z.strictObject({
  token: z.string().min(1).max(200),
  pizzeria: z.strictObject({
    id: slug,
    name: someText(60),
    country,
    timezone,
    currency,
    languages: z
      .array(z.enum(languages))
      .min(1)
      .default([...languages])
      .transform((list) => [...new Set(list)]),
  }),
  manager: z.strictObject({ name: someText(60), pin: newPin }),
  menu: firstMenu.default('napoli'),
})
/** The body that opens another pizzeria like one that there is; no PIN is copied, so its manager chooses one. */
export const copyInput = z.strictObject({ id: slug, name: someText(60), pin: newPin })
export type CopyInput = z.infer<typeof copyInput>
export type SetupInput = z.infer<typeof setupInput>
