import type { Store } from '../../db/store.ts'
import { resetDemoPins, seedDemo } from '../../db/demo/seed.ts'
import { napoli } from '../../db/demo/napoli.ts'
import type { Config } from '../config.ts'
import { hashPin } from '../staff/pins.ts'
import { newDemoPin, type SecretKeeper } from './secrets.ts'

/** Fills an empty database with the demo pizzeria. Returns the PIN of its staff, or null when this is not a demo. */
export async function prepareDemo(store: Store, config: Config, keeper: SecretKeeper): Promise<string | null> {
  if (!config.COMANDA_DEMO) return null
  const secrets = await keeper.read()
  const pizzerias = await store.read((tx) => tx.pizzerias())
  const fresh = pizzerias.length === 0
  if (!fresh && !pizzerias.some(({ id }) => id === napoli.id)) return null
  const pin = config.COMANDA_DEMO_PIN ?? secrets.demoPin ?? newDemoPin()
  if (fresh || pin !== secrets.demoPin) {
    const hash = await hashPin(pin)
    if (fresh)
      await store.alone(async (tx) => {
        // Another node may have been faster.
        if ((await tx.pizzerias()).length === 0) await seedDemo(tx, hash)
      })
    else await store.write(napoli.id, (tx) => resetDemoPins(tx, hash))
    await keeper.write({ ...secrets, demoPin: pin })
  }
  return pin
}

/** What the first start prints: where the screens are, and how to sign in. */
export function welcome({ PORT, NUXT_APP_BASE_URL }: Config, pin: string): string {
  const site = `http://localhost:${PORT}${NUXT_APP_BASE_URL}`
  const at = (path: string) => `${site}${napoli.id}${path}`
  return [
    '',
    `  Comanda is ready: ${napoli.name}`,
    '',
    `  Menu, to order       ${at('')}`,
    `  Kitchen screen       ${at('/kitchen')}`,
    `  Counter              ${at('/counter')}`,
    `  Pick-up board        ${at('/board')}`,
    `  All of them          ${site}`,
    `  Laboratory           ${site}lab`,
    '',
    `  PIN for manager, counter and kitchen: ${pin}`,
    '',
  ].join('\n')
}
