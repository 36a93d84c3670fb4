import type { MenuDocument } from '../../shared/menu/document.ts'

/** A menu that is to be published at a time, ms since 1970. */
export interface MenuPlan {
  pizzeria: string
  at: number
  /** The published menu that it was made from. */
  base: MenuDocument
  menu: MenuDocument
  /** Who planned it, by id; null: nobody whom the pizzeria knows by name. */
  by: string | null
  /** The code of why it could not be published at its time. */
  trouble: string | null
}

/** Menus that are to be published at a time: one of a pizzeria at most. */
export interface PlansTx {
  plan(pizzeria: string): Promise<MenuPlan | undefined>
  /** The pizzerias whose plan's time has come. */
  duePlans(now: number): Promise<string[]>
  insertPlan(plan: MenuPlan): Promise<void>
  /** It is no longer due. */
  failPlan(pizzeria: string, trouble: string): Promise<void>
  /** False: there was none. */
  dropPlan(pizzeria: string): Promise<boolean>
}
