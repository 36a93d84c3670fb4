import { isSupportedCountry } from 'libphonenumber-js/min'
import { z } from 'zod'
import { outsideHours } from '../../shared/menu/openings.ts'
import { callStyle, halfTopping, photo } from '../../shared/menu/menu.ts'
import type { Pizzeria, Table } from '../../shared/menu/pizzeria.ts'
import { languages } from '../../shared/menu/words.ts'
import { mode, modes } from '../../shared/order/modes.ts'
import type { Actor, Order } from '../../shared/order/order.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import { timezone } from '../../shared/staff/setup.ts'
import { freeText, someText } from '../../shared/text-input.ts'
import type { Context } from '../context.ts'
import { newToken } from '../ground/ids.ts'
import { readPhone } from '../ground/phone.ts'
import { changeMenu } from './change.ts'
import { aheadDaysOf, requirePizzeria } from './pizzeria.ts'

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
const opening = z.strictObject({ from: clock, to: clock })
const maxExceptionDays = 366
const exception = z
  .strictObject({
    from: z.iso.date(),
    /** One day where it is left out. */
    to: z.iso.date().optional(),
    openings: z.array(opening).max(10).default([]),
    note: freeText(140).default(''),
  })
  .transform(({ to, ...rest }) => ({ ...rest, to: to ?? rest.from }))
  .refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) < maxExceptionDays * 86_400_000)
const unique = <T>(list: T[]) => [...new Set(list)]
const tables = z
  .array(
    z.strictObject({
      name: someText(10),
      token: z
        .string()
        .regex(/^[\w-]{12,40}$/)
        .optional(),
    }),
  )
  .max(300)
  .refine((list) => new Set(list.map(({ name }) => name.toLowerCase())).size === list.length)

/** What whoever stands at the counter changes in the middle of an evening. */
const condition = z.strictObject({
  pausedUntil: z.iso.datetime().nullable().optional(),
  busyMinutes: z.int().min(0).max(120).optional(),
  /** Closed from now on; null opens again. */
  closedUntil: z.iso.datetime().nullable().optional(),
})

/** What the manager decides. Null takes a phone number or an address away. */
const settings = z.strictObject({
  name: someText(60).optional(),
  country: z.string().refine(isSupportedCountry, 'Invalid input: expected an ISO 3166-1 alpha-2 country').optional(),
  phone: someText(40).nullable().optional(),
  address: freeText(200).nullable().optional(),
  timezone: timezone.optional(),
  languages: z.array(z.enum(languages)).min(1).transform(unique).optional(),
  logo: photo.nullable().optional(),
  modes: z.array(mode).min(1).transform(unique).optional(),
  hours: z
    .array(opening.extend({ day: z.int().min(0).max(6) }))
    .max(70)
    .nullable()
    .optional(),
  exceptions: z.array(exception).max(200).optional(),
  lastOrderMinutes: z.int().min(0).max(240).optional(),
  aheadDays: z.int().min(0).max(30).optional(),
  slotMinutes: z.literal([5, 10, 15, 20, 30, 60]).optional(),
  pizzasPerSlot: z.int().min(1).max(500).optional(),
  makers: z.int().min(1).max(50).optional(),
  ovenSlots: z.int().min(1).max(200).optional(),
  bakeSeconds: z.int().min(30).max(3600).optional(),
  reloadSeconds: z.int().min(0).max(600).optional(),
  baseMinutes: z.int().min(0).max(240).optional(),
  leadMinutes: z.int().min(0).max(240).optional(),
  patienceMinutes: z.int().min(0).max(240).optional(),
  phoneRequired: z.boolean().optional(),
  acceptByHand: z.boolean().optional(),
  customersAmend: z.boolean().optional(),
  calledAs: callStyle.optional(),
  halfTopping: halfTopping.optional(),
  maxQuantity: z.int().min(1).max(100).optional(),
  maxPieces: z.int().min(1).max(500).optional(),
  tables: tables.optional(),
})

/** The body of a change of the pizzeria; one that changes nothing is a mistake of whoever sent it. */
export const pizzeriaChange = condition
  .extend(settings.shape)
  .extend({
    /** The version of the settings that was changed: of two who change one, the second is told. */
    ifVersion: z.int().min(0).optional(),
  })
  .refine(
    ({ ifVersion: _, ...change }) => Object.values(change).some((value) => value !== undefined),
    'Invalid input: nothing to change',
  )
export type PizzeriaChange = z.infer<typeof pizzeriaChange>

/** Whether a change has anything in it that the manager alone decides. */
export const isManagers = (change: PizzeriaChange) => Object.keys(change).some((name) => name in settings.shape)

/** All settings under the names by which they are changed; what was never set has its usual value. */
export function settingsOf({ name, country, phone, address, timezone, settings }: Pizzeria) {
  const { kitchen, policies } = settings
  return {
    name,
    country,
    phone,
    address,
    timezone,
    languages: settings.languages ?? [...languages],
    logo: settings.logo ?? null,
    modes: settings.modes ?? [...modes],
    hours: settings.hours,
    exceptions: settings.exceptions ?? [],
    closedUntil: settings.closedUntil ?? null,
    lastOrderMinutes: settings.lastOrderMinutes ?? 0,
    aheadDays: aheadDaysOf(settings),
    slotMinutes: kitchen.slotMinutes ?? 15,
    pizzasPerSlot: kitchen.pizzasPerSlot,
    makers: kitchen.makers,
    ovenSlots: kitchen.ovenSlots,
    bakeSeconds: kitchen.bakeSeconds,
    reloadSeconds: kitchen.reloadSeconds,
    baseMinutes: kitchen.baseMinutes,
    leadMinutes: kitchen.leadMinutes,
    patienceMinutes: policies.patienceMinutes ?? 10,
    phoneRequired: policies.phoneRequired,
    acceptByHand: settings.acceptByHand,
    customersAmend: policies.customersAmend ?? false,
    calledAs: policies.calledAs ?? ('first' as const),
    halfTopping: policies.halfTopping,
    maxQuantity: policies.maxQuantity,
    maxPieces: policies.maxPieces,
    tables: settings.tables ?? [],
  }
}
export type SettingsView = ReturnType<typeof settingsOf>

/** The settings, and the version that a change of them names. */
export const versionedSettings = (pizzeria: Pizzeria) => ({
  version: pizzeria.settings.version ?? 0,
  settings: settingsOf(pizzeria),
})

export interface Changed {
  pizzeria: Pizzeria
  /** Orders that wait for a time at which it is closed now. */
  touched: Order[]
}

/**
 * Condition and settings, at once on every open menu. Throws `pizzeria.stale` with the settings as they are, where they
 * are not those of `ifVersion`; `order.phone_invalid` for a phone number that cannot be one.
 */
export async function changePizzeria(
  { commit, clock }: Pick<Context, 'commit' | 'clock'>,
  { pizzeria: id, change, actor }: { pizzeria: string; change: PizzeriaChange; actor: Actor },
): Promise<Changed> {
  return await commit(id, async (tx, append) => {
    const before = await requirePizzeria(tx, id)
    if (change.ifVersion !== undefined && change.ifVersion !== (before.settings.version ?? 0))
      throw new Rejected('pizzeria.stale', versionedSettings(before))
    if (change.logo && (await tx.photosAmong(id, [change.logo])).length === 0)
      throw new Rejected('photo.unknown', { photo: change.logo })
    await tx.updatePizzeria(id, columnsOf(before, change))
    await changeMenu(tx, append, { pizzeria: id, condition: true, policies: isManagers(change), actor, now: clock() })
    const pizzeria = await requirePizzeria(tx, id)
    const waiting = await tx.ordersIn(id, ['scheduled', 'pending'])
    return { pizzeria, touched: outsideHours(pizzeria.settings, pizzeria.timezone, waiting) }
  })
}

function columnsOf(before: Pizzeria, { ifVersion: _, ...change }: PizzeriaChange) {
  const { pausedUntil, busyMinutes, name, country, phone, address, timezone, ...set } = change
  const { slotMinutes, pizzasPerSlot, makers, ovenSlots, bakeSeconds, reloadSeconds, baseMinutes, leadMinutes } = set
  const { patienceMinutes, phoneRequired, customersAmend, calledAs, halfTopping, maxQuantity, maxPieces } = set
  const { languages, logo, modes, hours, exceptions, closedUntil, lastOrderMinutes, aheadDays, acceptByHand, tables } =
    set
  const { settings } = before
  const kitchen = {
    slotMinutes,
    pizzasPerSlot,
    makers,
    ovenSlots,
    bakeSeconds,
    reloadSeconds,
    baseMinutes,
    leadMinutes,
  }
  const policies = {
    patienceMinutes,
    phoneRequired,
    customersAmend,
    calledAs,
    halfTopping,
    maxQuantity,
    maxPieces,
  }
  return dropUndefined({
    pausedUntil: pausedUntil ? Date.parse(pausedUntil) : pausedUntil === null ? null : undefined,
    busyMinutes,
    name,
    country,
    phone: phone ? readPhone(phone, country ?? before.country) : phone,
    address: address === '' ? null : address,
    timezone,
    settings: {
      ...settings,
      ...dropUndefined({
        languages,
        logo,
        modes,
        hours,
        exceptions,
        closedUntil,
        lastOrderMinutes,
        aheadDays,
        acceptByHand,
        tables: tables?.map(withToken),
      }),
      version: (settings.version ?? 0) + (isManagers(change) ? 1 : 0),
      kitchen: { ...settings.kitchen, ...dropUndefined(kitchen) },
      policies: { ...settings.policies, ...dropUndefined(policies) },
    },
  })
}

const withToken = ({ name, token }: { name: string; token?: string }): Table => ({ name, token: token ?? newToken() })

const dropUndefined = <T extends object>(from: T) =>
  Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined)) as Partial<T>
