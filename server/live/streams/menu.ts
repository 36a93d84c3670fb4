import type { Menu } from '../../../shared/menu/menu.ts'
import { readMenu, requirePizzeria } from '../../menu/pizzeria.ts'
import { project } from './projections.ts'
import { anybody } from './access.ts'
import { lasting, subjectLog } from './feeds.ts'
import type { StreamKind } from './kind.ts'

/** `menu:{pizzeria}`: what can be ordered, and the pizzeria's condition, for everybody. */
export const menu: StreamKind<Menu> = {
  ...lasting,
  ...subjectLog(
    () => 'menu',
    async (tx, { pizzeria }) => (await tx.pizzeria(pizzeria))?.menuVersion ?? 0,
  ),
  authorise: anybody,
  async snapshot(tx, ref, now) {
    const pizzeria = await requirePizzeria(tx, ref.pizzeria)
    return { state: await readMenu(tx, pizzeria, now), position: pizzeria.menuVersion }
  },
  project: (event) => project('menu', event),
}
