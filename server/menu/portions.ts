import { businessDay } from '../../shared/menu/hours.ts'
import type { MenuItem } from '../../shared/menu/menu.ts'
import type { Context } from '../context.ts'
import { changeMenu } from './change.ts'
import { requirePizzeria } from './pizzeria.ts'

const isCounted = ({ portions }: MenuItem) => portions != null

/** Counts daily portions anew once a business day, on whichever node is first. */
export async function renewPortions({
  store,
  commit,
  clock,
  trusted,
}: Pick<Context, 'store' | 'commit' | 'clock' | 'trusted'>) {
  const dayAt = (timezone: string) => businessDay(trusted.due(), timezone)
  const due = await store.read(async (tx) => {
    const found = (await tx.pizzerias()).filter(
      ({ timezone, settings }) => dayAt(timezone) > (settings.portionsDay ?? ''),
    )
    const counted: string[] = []
    for (const one of found) if ((await tx.menuRows(one)).items.some(isCounted)) counted.push(one.id)
    return counted
  })
  for (const id of due)
    await commit(id, async (tx, append) => {
      const pizzeria = await requirePizzeria(tx, id)
      const [last, day] = [pizzeria.settings.portionsDay, dayAt(pizzeria.timezone)]
      if (day <= (last ?? '')) return
      await tx.updatePizzeria(id, { settings: { ...pizzeria.settings, portionsDay: day } })
      // Published today, and perhaps sold in part already.
      if (last === undefined) return
      const counted = (await tx.menuRows(pizzeria)).items.filter(isCounted)
      for (const item of counted) await tx.setStock(id, item.id, item.portions!)
      const items = counted.map((item) => item.id)
      await changeMenu(tx, append, { pizzeria: id, items, actor: 'system', now: clock() })
    })
}
