import { isSupportedCountry } from 'libphonenumber-js/min'
import { z } from 'zod'
import { callStyle } from '../../shared/menu/menu.ts'
import type { Pizzeria } from '../../shared/menu/pizzeria.ts'
import type { Actor } from '../../shared/order/order.ts'
import { freeText, someText } from '../../shared/text-input.ts'
import type { Context } from '../context.ts'
import { readPhone } from '../ground/phone.ts'
import { changeMenu } from './change.ts'
import { requirePizzeria } from './pizzeria.ts'

/** What whoever stands at the counter changes in the middle of an evening. */
const condition = z.strictObject({
  pausedUntil: z.iso.datetime().nullable().optional(),
  busyMinutes: z.int().min(0).max(120).optional(),
})
/** What the manager decides. Null takes a phone number or an address away. */
const settings = z.strictObject({
  country: z.string().refine(isSupportedCountry, 'Invalid input: expected an ISO 3166-1 alpha-2 country').optional(),
  phone: someText(40).nullable().optional(),
  address: freeText(200).nullable().optional(),
  lastOrderMinutes: z.int().min(0).max(240).optional(),
  patienceMinutes: z.int().min(0).max(240).optional(),
  phoneRequired: z.boolean().optional(),
  acceptByHand: z.boolean().optional(),
  calledAs: callStyle.optional(),
})

/** The body of a change of the pizzeria; one that changes nothing is a mistake of whoever sent it. */
export const pizzeriaChange = condition
  .extend(settings.shape)
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'Invalid input: nothing to change')
export type PizzeriaChange = z.infer<typeof pizzeriaChange>

/** Whether a change has anything in it that the manager alone decides. */
export const isManagers = (change: PizzeriaChange) => Object.keys(change).some((name) => name in settings.shape)

/** Condition and settings, at once on every open menu. `order.phone_invalid` for a phone number that cannot be one. */
export async function changePizzeria(
  { commit, clock }: Pick<Context, 'commit' | 'clock'>,
  { pizzeria: id, change, actor }: { pizzeria: string; change: PizzeriaChange; actor: Actor },
): Promise<Pizzeria> {
  return await commit(id, async (tx, append) => {
    await tx.updatePizzeria(id, columnsOf(await requirePizzeria(tx, id), change))
    await changeMenu(tx, append, { pizzeria: id, condition: true, policies: isManagers(change), actor, now: clock() })
    return await requirePizzeria(tx, id)
  })
}

function columnsOf(before: Pizzeria, change: PizzeriaChange) {
  const { pausedUntil, busyMinutes, country, phone, address, ...set } = change
  const { acceptByHand, lastOrderMinutes, ...policies } = set
  return dropUndefined({
    pausedUntil: pausedUntil ? Date.parse(pausedUntil) : pausedUntil === null ? null : undefined,
    busyMinutes,
    country,
    phone: phone ? readPhone(phone, country ?? before.country) : phone,
    address: address === '' ? null : address,
    settings: {
      ...before.settings,
      ...dropUndefined({ acceptByHand, lastOrderMinutes }),
      policies: { ...before.settings.policies, ...dropUndefined(policies) },
    },
  })
}

const dropUndefined = <T extends object>(from: T) =>
  Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined)) as Partial<T>
