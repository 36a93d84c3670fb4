import type { Language, MenuCategory, MenuCrust, Policies } from './menu.ts'
import type { Schedule } from './openings.ts'
import type { KitchenSettings } from './quote.ts'

/** A table with the word that its QR code carries: a number alone would be guessed. */
export interface Table {
  name: string
  token: string
}

/** Settings of a pizzeria that change rarely, as one document. */
export interface PizzeriaSettings extends Schedule {
  /** Counts up with each change of what the manager decides; 0 by default. */
  version?: number
  kitchen: KitchenSettings
  policies: Policies
  /** New orders wait until the counter accepts them. */
  acceptByHand: boolean
  /** How long before closing customers may order for now; 0 by default. */
  lastOrderMinutes?: number
  /** For how many days after today customers may order; 7 by default. */
  aheadDays?: number
  /** How orders reach people here (`Mode`); every way by default. */
  modes?: string[]
  /** Where people eat. With tables here, a customer's order for a table needs the token of its QR code. */
  tables?: Table[]
  /** The languages that it uses; all of ours by default. */
  languages?: Language[]
  /** An uploaded picture (`photo` of menu.ts); none by default. */
  logo?: string | null
  categories: MenuCategory[]
  crusts: MenuCrust[]
  /** How often its menu was published; 0 by default. The evening's changes (what is sold out) do not count. */
  menuEdition?: number
  /** The business day for which daily portions were last counted anew. */
  portionsDay?: string
}

/** A pizzeria as the server knows it: the partition that every order, event and position belongs to. */
export interface Pizzeria {
  id: string
  name: string
  currency: string
  timezone: string
  settings: PizzeriaSettings
  /** ms since 1970 */
  pausedUntil: number | null
  busyMinutes: number
  /** The head of its log: the position of the newest event, and the oldest that is still kept. */
  position: number
  oldest: number
  menuVersion: number
  /** How many days an order keeps personal data; null: the manager has not decided yet, and nothing is erased. */
  peopleKeptDays: number | null
  /** ISO 3166-1 alpha-2: how a phone number without a country is read. */
  country: string
  phone: string | null
  address: string | null
}
