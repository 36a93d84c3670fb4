import type { Context } from '../context.ts'
import { allowSetup, setupLink } from '../staff/setup.ts'

/**
 * What a start says where there is no pizzeria: the one-time link that opens the first one. A token of the environment
 * opens one pizzeria, also where there are others.
 */
export async function inviteOwner({
  store,
  clock,
  config: { PORT, NUXT_APP_BASE_URL, COMANDA_SETUP_TOKEN },
}: Pick<Context, 'store' | 'clock' | 'config'>): Promise<string | null> {
  const isEmpty = (await store.read((tx) => tx.pizzerias())).length === 0
  if (!isEmpty && !COMANDA_SETUP_TOKEN) return null
  const token = await allowSetup(store, clock(), COMANDA_SETUP_TOKEN)
  if (!isEmpty) return null
  return [
    '',
    '  No pizzeria has opened here yet. Open yours with this link; it works once, within 24 hours:',
    '',
    `  ${setupLink(`http://localhost:${PORT}${NUXT_APP_BASE_URL}`, token)}`,
    '',
    '  From another device, put this machine’s address in the place of “localhost”. A new link: npm run setup',
    '',
  ].join('\n')
}
