import type { Menu } from '../../../shared/menu/menu.ts'
import { readMenu, requirePizzeria } from '../../menu/pizzeria.ts'
import type { Projection } from '../../../shared/live/events.ts'
import { projectBy, tooMuch } from './project-by.ts'
import { anybody } from './access.ts'
import { lasting, subjectLog } from './feeds.ts'
import type { StreamKind } from './kind.ts'

const menuLog = subjectLog(
  () => 'menu',
  async (tx, { pizzeria }) => (await tx.pizzeria(pizzeria))?.menuVersion ?? 0,
)

/** `menu:{pizzeria}`: what can be ordered, and whether the pizzeria is open, paused or busy, for everybody. */
export const menu: StreamKind<Menu> = {
  ...lasting,
  ...menuLog,
  authorise: anybody,
  isPublic: true,
  async snapshot(tx, ref, now) {
    const pizzeria = await requirePizzeria(tx, ref.pizzeria)
    return { state: await readMenu(tx, pizzeria, now), position: pizzeria.menuVersion }
  },
  project: projectBy(
    { 'menu.changed': ({ change }) => change ?? tooMuch } satisfies Projection<'menu'>,
    menuLog.positionOf,
  ),
}
