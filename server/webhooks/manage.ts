import { randomBytes } from 'node:crypto'
import type { Hook } from '../../db/store/hooks.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import { maxHooks, type DeliveryView, type HookInput, type HookType, type HookView } from '../../shared/webhooks.ts'
import type { Context } from '../context.ts'
import { newId } from '../ground/ids.ts'
import { leadsInside } from '../ground/outward.ts'
import { isAllowedInside } from './send.ts'

/** Shown of each webhook. */
const deliveriesShown = 20
const iso = (ms: number) => new Date(ms).toISOString()

/** The webhooks of a pizzeria, each with its last deliveries. */
export const readHooks = ({ store }: Pick<Context, 'store'>, pizzeria: string): Promise<HookView[]> =>
  store.read(async (tx) =>
    Promise.all(
      (await tx.hooksOf(pizzeria)).map(async (hook) => ({
        ...viewHook(hook),
        deliveries: (await tx.deliveriesOf(hook.id, deliveriesShown)).map(
          ({ id, type, number, at, outcome, tries, answer, dueAt }): DeliveryView => ({
            id,
            type: type as HookType,
            number,
            at: iso(at),
            outcome,
            tries,
            answer,
            dueAt: dueAt === null ? null : iso(dueAt),
          }),
        ),
      })),
    ),
  )

const viewHook = ({ id, url, types, createdAt }: Hook): Omit<HookView, 'deliveries'> => ({
  id,
  url,
  types: types as HookType[],
  createdAt: iso(createdAt),
})

/**
 * A new webhook, from the log's head on, and the secret that is shown this once. Throws `webhook.inside` for an address
 * in the server's own network, unless the operator allows it.
 */
export async function addHook(
  { store, clock, config }: Pick<Context, 'store' | 'clock' | 'config'>,
  pizzeria: string,
  { url, types }: HookInput,
) {
  if (!isAllowedInside(url, config) && (await leadsInside(url))) throw new Rejected('webhook.inside')
  const now = clock()
  const hook = { id: newId(now), pizzeria, url, types, secret: randomBytes(32).toString('base64url'), createdAt: now }
  await store.write(pizzeria, async (tx) => {
    if ((await tx.hooksOf(pizzeria)).length >= maxHooks) throw new Rejected('webhook.too_many', { most: maxHooks })
    const { position } = (await tx.head(pizzeria))!
    await tx.insertHook({ ...hook, epoch: await tx.epoch(), position })
  })
  const { secret, ...shown } = hook
  return { hook: { id: shown.id, url, types, createdAt: iso(now), deliveries: [] }, secret }
}

/** The webhook goes, and all that it was still to be told. Throws `webhook.unknown`. */
export const removeHook = ({ store }: Pick<Context, 'store'>, pizzeria: string, id: string) =>
  store.write(pizzeria, async (tx) => {
    if ((await tx.hook(id))?.pizzeria !== pizzeria) throw new Rejected('webhook.unknown')
    await tx.dropHook(id)
  })

/** Sends a message again, as if it were new. Throws `webhook.unknown`. */
export const replayDelivery = (
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  pizzeria: string,
  hook: string,
  id: string,
) =>
  store.write(pizzeria, async (tx) => {
    const delivery = await tx.delivery(id)
    if (!delivery || delivery.pizzeria !== pizzeria || delivery.hook !== hook) throw new Rejected('webhook.unknown')
    await tx.settleDelivery(id, { tries: 0, answer: delivery.answer, dueAt: clock(), outcome: 'waiting' })
  })
