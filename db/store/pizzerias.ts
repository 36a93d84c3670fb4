import type { Pizzeria } from '../../shared/menu/pizzeria.ts'

/** The pizzerias themselves: what they are called, and how they are set up. */
export interface PizzeriasTx {
  pizzerias(): Promise<Pizzeria[]>
  pizzeria(id: string): Promise<Pizzeria | undefined>
  insertPizzeria(
    pizzeria: Pick<Pizzeria, 'id' | 'name' | 'currency' | 'timezone' | 'settings'> &
      Partial<Pick<Pizzeria, 'country' | 'phone' | 'address' | 'peopleKeptDays'>>,
  ): Promise<void>
  updatePizzeria(id: string, change: Partial<Omit<Pizzeria, 'id' | 'position'>>): Promise<void>
}
