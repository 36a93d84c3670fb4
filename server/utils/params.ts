import { z } from 'zod'
import { slug } from '#shared/menu/menu'
import { parseStream } from '#shared/live/streams'

/** The path parameters of the API. */
export const pizzeriaParams = z.object({ pizzeria: slug })
export const itemParams = z.object({ pizzeria: slug, item: slug })
export const toppingParams = z.object({ pizzeria: slug, topping: slug })
export const screenParams = z.object({ pizzeria: slug, screen: z.string().regex(/^[\w-]{8,64}$/) })
export const memberParams = z.object({ pizzeria: slug, member: z.string().regex(/^[\w-]{1,64}$/) })
export const orderParams = z.object({ order: z.string().regex(/^[\w-]{1,64}$/) })
export const trackingParams = z.object({ tracking: z.string().regex(/^[\w-]{1,64}$/) })
export const shareParams = z.object({ share: z.string().regex(/^[\w.-]{1,120}$/) })
export const tableParams = z.object({ pizzeria: slug, token: z.string().max(64) })
export const setupParams = z.object({ token: z.string().min(1).max(200) })
const id = z.string().regex(/^[\w.-]{1,120}$/)
export const hookParams = z.object({ pizzeria: slug, hook: id })
export const deliveryParams = hookParams.extend({ delivery: id })
export const streamParams = z.object({ stream: z.string().max(100).transform(parseStream) })

/** What staff change of an item: its availability, its count, or both. */
export const itemInput = z
  .strictObject({
    available: z.boolean().optional(),
    until: z.iso.datetime().nullable().optional(),
    stock: z.int().min(0).max(10_000).nullable().optional(),
  })
  .refine(({ available, stock }) => available !== undefined || stock !== undefined)

export const availabilityInput = z.strictObject({
  available: z.boolean(),
  until: z.iso.datetime().nullable().optional(),
})
