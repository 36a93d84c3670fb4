import type { MenuItem, MenuTopping } from '../../shared/menu/menu.ts'
import type { Pizzeria } from '../../shared/menu/pizzeria.ts'

/** Items and toppings, in the order of the menu. */
export interface MenuRows {
  items: MenuItem[]
  toppings: MenuTopping[]
}

/** Something of the menu as it was written, its place, and whether it has left. Nothing that was sold is deleted. */
export interface Entry<T> {
  sort: number
  archived: boolean
  body: T
}

/** All of a new menu, in its order. */
export const asEntries = <T>(bodies: readonly T[]): Entry<T>[] =>
  bodies.map((body, sort) => ({ sort, archived: false, body }))

/** The menu. Whoever changes items or toppings MUST count the menu up in the same transaction. */
export interface MenuTx {
  /**
   * Items and toppings on the menu as of `menuVersion`, their texts complete (`completeText`). They MUST NOT be changed
   * by who gets them: others may hold the same.
   */
  menuRows(pizzeria: Pick<Pizzeria, 'id' | 'menuVersion'>): Promise<MenuRows>
  /**
   * Counts `menuVersion` up, which is the version of the subject `menu` in the log, and answers with the pizzeria as it
   * is then.
   */
  countMenu(id: string): Promise<Pizzeria | undefined>
  /** All items and toppings that ever were on the menu, as they were written, in its order. */
  menuBook(pizzeria: string): Promise<{ items: Entry<MenuItem>[]; toppings: Entry<MenuTopping>[] }>
  /** Writes items by their ids, new ones and known ones. */
  saveItems(pizzeria: string, items: Entry<MenuItem>[]): Promise<void>
  saveToppings(pizzeria: string, toppings: Entry<MenuTopping>[]): Promise<void>
  /** False: there is no such item. */
  setItemAvailable(pizzeria: string, id: string, available: boolean, until: number | null): Promise<boolean>
  setToppingAvailable(pizzeria: string, id: string, available: boolean, until: number | null): Promise<boolean>
  /** Portions left, or null: not counted. False: there is no such item. */
  setStock(pizzeria: string, id: string, stock: number | null): Promise<boolean>
  /** Fewer than nothing gives portions back. What is not counted stays so. */
  takeStock(pizzeria: string, id: string, pieces: number): Promise<void>
  /** What is on the menu and was out until a time that has come. */
  backInStock(now: number): Promise<{ pizzeria: string; kind: 'item' | 'topping'; id: string }[]>
}
