import { z } from 'zod'
import { checkMenu, menuFields } from '../../../shared/menu/document.ts'
import { importFormats, importModes } from '../../../shared/menu/import.ts'
import { documentOf } from './book.ts'

/** A menu, or a file of one: a thousand dishes in three languages have room in it. */
export const maxMenuBytes = 4 * 1024 * 1024

/** What whoever read the menu got beside it, and may send back: nothing of it is published. */
export const beside = {
  version: z.unknown().optional(),
  currency: z.unknown().optional(),
  languages: z.unknown().optional(),
  archived: z.unknown().optional(),
}

/** A menu to publish; `ifVersion` is the version that was edited. */
export const publishInput = z
  .strictObject({ ...menuFields, ...beside, ifVersion: z.int().min(0) })
  .superRefine(checkMenu)
  .transform(({ ifVersion, ...menu }) => ({ ifVersion, menu: documentOf(menu) }))

/** A file and what to do with it. */
export const importInput = z.strictObject({
  text: z.string(),
  format: z.enum(importFormats).optional(),
  mode: z.enum(importModes).default('add'),
  preview: z.boolean().default(false),
  ifVersion: z.int().min(0).optional(),
})

const flag = z.enum(['true', 'false', '1', '0', '']).transform((word) => word !== 'false' && word !== '0')

/** The same beside a file that is the body itself. */
export const importQuery = importInput.omit({ text: true }).extend({
  preview: flag.optional().transform((preview) => preview ?? false),
  ifVersion: z.coerce.number().int().min(0).optional(),
})

/** What a file is that nobody has named: JSON begins with a brace. */
export const formatOf = (text: string) => (/^\uFEFF?\s*\{/.test(text) ? 'json' : 'csv')

export const exportQuery = z.object({
  format: z.enum(importFormats).default('csv'),
  /** `semicolon` comes with decimal commas. */
  separator: z.enum(['comma', 'semicolon']).default('comma'),
})
