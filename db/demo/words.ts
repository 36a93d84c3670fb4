import type { Text } from '../../shared/menu/menu.ts'

/** A label in the order that the menu is written in: French, English, Italian. */
export const words = (fr: string, en: string, it: string): Text => ({ fr, en, it })

/** A name that is the same in every language, as most pizzas' names are. */
export const same = (name: string): Text => words(name, name, name)
