import { setResponseHeader, type H3Event } from 'h3'
import { z } from 'zod'
import { maxPictured } from '../../shared/drawing/address.ts'
import { crusts, drawnDishes, drawnToppings } from '../../shared/drawing/names.ts'
import type { Lying } from '../../shared/drawing/placement.ts'
import { keepText, sendKept, type KeptText } from './kept.ts'

const halves = { l: 'left', r: 'right' } as const

/** `olives.r.extra`: a topping that there is art for, its half, its amount. */
const piece = z
  .string()
  .regex(/^[a-z-]{1,48}(?:\.[lr])?(?:\.(?:light|extra))?$/)
  .transform((said): Lying => {
    const [topping = '', ...marks] = said.split('.')
    const half = marks.find((mark) => mark === 'l' || mark === 'r') as 'l' | 'r' | undefined
    const amount = marks.find((mark) => mark === 'light' || mark === 'extra') as 'light' | 'extra' | undefined
    return { topping, half: half ? halves[half] : 'whole', amount: amount ?? 'normal' }
  })
  .refine(({ topping }) => drawnToppings.includes(topping))

const version = z.string().regex(/^[a-f0-9]{8}$/)
const file = z
  .string()
  .max(2000)
  .regex(/\.svg$/)
  .transform((name) => name.slice(0, -'.svg'.length))

/** The address of a pizza's picture, as `pizzaAddress` of shared/drawing writes it. */
export const pizzaPicture = z.object({
  version,
  sauce: z.enum(['tomato', 'cream', 'pesto', 'none']),
  crust: z.enum(['classic', 'wholegrain', 'filled']),
  seed: z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number)
    .refine((number) => number < crusts),
  toppings: file
    .transform((list) => (list === '_' ? [] : list.split(',')))
    .pipe(z.array(piece).max(maxPictured))
    .refine((all) => new Set(all.map(({ topping, half }) => `${topping} ${half}`)).size === all.length),
})

/** The address of a dish that is no pizza. */
export const dishPicture = z.object({ version, dish: file.refine((dish) => drawnDishes.includes(dish)) })

/** About 30 kB each with its packed forms: a menu has thirty, and each half-and-half in a basket is one more. */
const maxKept = 400
const kept = new Map<string, KeptText>()

/** Answers with a picture; the one that was asked for longest ago makes room. `key` is its address, `draw` its SVG. */
export async function sendPicture(event: H3Event, key: string, { fresh, draw }: { fresh: boolean; draw(): string }) {
  const picture = kept.get(key) ?? keepText(draw(), 'image/svg+xml', 'kept')
  kept.delete(key)
  kept.set(key, picture)
  if (kept.size > maxKept) kept.delete(kept.keys().next().value!)
  // A page of an older build asks by the older name: what it gets is drawn anew, and not kept under that name.
  setResponseHeader(event, 'cache-control', fresh ? 'public, max-age=31536000, immutable' : 'no-cache')
  setResponseHeader(event, 'content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  return await sendKept(event, picture)
}
