import { setImmediate } from 'node:timers/promises'
import type { DayFigures } from '../../shared/figures/day.ts'
import { createReport, type Report } from '../../shared/figures/report.ts'
import { addDays } from '../../shared/menu/hours.ts'
import type { Language } from '../../shared/menu/words.ts'
import type { Pizzeria } from '../../shared/menu/pizzeria.ts'
import type { Context } from '../context.ts'
import { requirePizzeria } from '../menu/pizzeria.ts'
import { foldDay } from './fold.ts'

type Ground = Pick<Context, 'store'>

const dayMs = 86_400_000
/** Days that are read, or kept, in one turn: some ms of work. */
const pageDays = 25
/** How long one request may make figures anew, ms: a changed day or two takes a tenth of it. */
const patienceMs = 150
/** Most days of one report: three years. */
export const maxDays = 1100

/** The business days from one to another, both included. */
const daysBetween = (from: string, to: string) =>
  Array.from({ length: (Date.parse(to) - Date.parse(from)) / dayMs + 1 }, (_, index) => addDays(from, index))

export interface ReportRequest {
  pizzeria: string
  /** Business days, both included. */
  from: string
  to: string
  /** Of the items' names. */
  language: Language
}

/**
 * The figures of some business days. What was kept of them is added up; what changed since is made anew first, for as
 * long as somebody can be kept waiting (`patience`, ms): what is left then is `missing`.
 */
export async function readFigures(
  ground: Ground,
  { pizzeria: id, from, to, language }: ReportRequest,
  patience = Infinity,
): Promise<Report> {
  const { store } = ground
  const until = performance.now() + patience
  let missing = 0
  const pizzeria = await store.read((tx) => requirePizzeria(tx, id))
  const report = createReport()
  const items = new Set<string>()
  // The newest first: where time runs out, it is the past that has to wait.
  for (const page of [...pages(daysBetween(from, to))].reverse()) {
    const { found, left } = await freshDays(ground, pizzeria, page, until)
    missing += left
    for (const [day, figures] of found) {
      report.add(day, figures)
      for (const item of Object.keys(figures.items)) items.add(item)
    }
    await setImmediate()
  }
  const { names, staff } = await store.read(async (tx) => ({
    names: await tx.itemNames(id, [...items]),
    staff: new Map((await tx.everyStaffOf(id)).map((member) => [member.id, member.name])),
  }))
  return report.finish(
    { from, to, currency: pizzeria.currency, missing },
    { item: (item) => names.get(item)?.[language] ?? item, member: (member) => staff.get(member) ?? '' },
  )
}

function* pages(days: string[]) {
  for (let from = 0; from < days.length; from += pageDays) yield days.slice(from, from + pageDays)
}

/**
 * Some days in a row, the last first, each right as of now; days without orders are left out. After a moment
 * (`performance.now()`) the others that would have to be made anew are only counted.
 */
async function freshDays(
  ground: Ground,
  pizzeria: Pick<Pizzeria, 'id' | 'timezone'>,
  page: string[],
  until = Infinity,
): Promise<{ found: [day: string, figures: DayFigures][]; left: number }> {
  const { store } = ground
  const { id } = pizzeria
  const kept = new Map((await store.read((tx) => tx.days(id, page[0]!, page.at(-1)!))).map((one) => [one.day, one]))
  const found: [string, DayFigures][] = []
  const isFresh = (day: string) => kept.get(day)?.isFresh && kept.get(day)?.figures
  const isLate = () => performance.now() >= until
  const stale = !isLate() ? page.filter((day) => !isFresh(day)) : []
  const begun = new Map<string, number>()
  if (stale.length > 0)
    await store.write(id, async (tx) => {
      for (const day of stale) {
        const count = await tx.beginDay(id, day)
        if (count !== undefined) begun.set(day, count)
      }
    })
  const made: [string, number, DayFigures][] = []
  let left = 0
  for (const day of page.toReversed()) {
    const before = kept.get(day)
    if (!isFresh(day) && isLate()) {
      left += 1
      continue
    }
    const count = begun.get(day)
    const figures = count === undefined ? before?.figures : await foldDay(ground, pizzeria, day, before)
    if (!figures) continue
    if (count !== undefined) made.push([day, count, figures])
    if (figures.orders > 0 || figures.cancelled.length > 0) found.push([day, figures])
  }
  if (made.length > 0)
    await store.write(id, async (tx) => {
      for (const [day, count, figures] of made) await tx.keepDay(id, day, count, figures)
    })
  return { found, left }
}

/**
 * Makes the figures of the past before somebody asks: of days whose orders were changed later, and at first of all.
 * Whoever asks before that is done gets what there is, at once, and the rest is made meanwhile.
 */
export function createFigures(ground: Pick<Context, 'store' | 'clock' | 'life' | 'logger'>) {
  const { store, clock, life } = ground
  /** Pizzerias whose whole past was looked at, since the start. */
  const done = new Set<string>()

  /** Looks at a pizzeria's days from the newest to the oldest. */
  async function foldPast({ id, timezone }: Pizzeria, today: string) {
    for (let day: string | undefined = today; life.phase === 'serving'; await setImmediate()) {
      day = await store.read((tx) => tx.dayBefore(id, day!))
      if (!day) break
      await freshDays(ground, { id, timezone }, [day])
    }
    done.add(id)
  }

  /** What is being made for those who asked: a question of which the answer was not whole. */
  const asked = new Map<string, Promise<unknown>>()

  return {
    async read(request: ReportRequest): Promise<Report> {
      const report = await readFigures(ground, request, patienceMs)
      const key = [request.pizzeria, request.from, request.to].join(' ')
      if (report.missing > 0 && !asked.has(key))
        asked.set(
          key,
          readFigures(ground, request)
            .catch((error: unknown) => ground.logger.error({ err: error }, 'figures could not be made'))
            .finally(() => asked.delete(key)),
        )
      return report
    },
    async foldPast() {
      // A day that ends somewhere has not ended everywhere.
      const today = new Date(clock() - dayMs).toISOString().slice(0, 10)
      for (const pizzeria of await store.read((tx) => tx.pizzerias())) {
        if (!done.has(pizzeria.id)) await foldPast(pizzeria, today)
      }
      for (const { pizzeria: id, day } of await store.read((tx) => tx.staleDays(today, pageDays))) {
        const pizzeria = await store.read((tx) => tx.pizzeria(id))
        if (pizzeria) await freshDays(ground, pizzeria, [day])
        await setImmediate()
      }
    },
  }
}
export type Figures = ReturnType<typeof createFigures>
