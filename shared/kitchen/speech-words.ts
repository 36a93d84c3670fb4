import type { Language } from '../menu/menu.ts'
import type { WishWord } from './lines.ts'

/**
 * The phrases that are said aloud. Apart from the labels on the screen, because what is said differs from what is
 * written: short, with full stops where a cook needs a breath.
 */
export interface SpeechWords {
  order: (number: string) => string
  back: (number: string) => string
  changed: (number: string) => string
  cancelled: (number: string) => string
  late: (number: string) => string
  undone: (number: string) => string
  newOrders: (orders: number, pizzas: number) => string
  manyCancelled: (orders: number) => string
  /** Of several, by their numbers. */
  manyLate: (numbers: readonly string[]) => string
  table: (table: string) => string
  halves: (left: string, right: string) => string
  left: string
  right: string
  wish: Record<WishWord, string>
  allergy: (note: string) => string
  note: (note: string) => string
  due: (minutes: number) => string
  lost: string
  /** This screen shows the other share's orders, too, and no longer. */
  standsIn: string
  standsDown: string
  bell: string
}

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`

/** Numbers that are said one by one; of the others it is said how many they are. */
const maxListed = 5

const listed = (numbers: readonly string[], language: Language, others: string) =>
  new Intl.ListFormat(language).format(
    numbers.length > maxListed
      ? [...numbers.slice(0, maxListed - 1), `${numbers.length - maxListed + 1} ${others}`]
      : numbers,
  )

export const speechWords: Record<Language, SpeechWords> = {
  en: {
    order: (number) => `Order ${number}.`,
    back: (number) => `Order ${number} is back.`,
    changed: (number) => `Order ${number} has changed.`,
    cancelled: (number) => `Stop. Order ${number} is cancelled.`,
    late: (number) => `Order ${number} is late.`,
    undone: (number) => `Order ${number} stays.`,
    newOrders: (orders, pizzas) =>
      `${plural(orders, 'new order', 'new orders')}, ${plural(pizzas, 'pizza', 'pizzas')}.`,
    manyCancelled: (orders) => `Stop. ${plural(orders, 'order', 'orders')} cancelled.`,
    manyLate: (numbers) => `Orders ${listed(numbers, 'en', 'more')} are late.`,
    table: (table) => `Table ${table}.`,
    halves: (left, right) => `half ${left}, half ${right}`,
    left: 'Left',
    right: 'Right',
    wish: { no: 'no', extra: 'extra', light: 'light', with: 'with' },
    allergy: (note) => `Careful, allergy: ${note}.`,
    note: (note) => `Note: ${note}.`,
    due: (minutes) => (minutes > 0 ? `Due in ${minutes}.` : minutes === 0 ? 'Due now.' : `Late by ${-minutes}.`),
    lost: 'No connection. Use the counter.',
    standsIn: 'The other screen is silent. All orders are here.',
    standsDown: 'The other screen is back.',
    bell: 'The counter is calling.',
  },
  fr: {
    order: (number) => `Commande ${number}.`,
    back: (number) => `Retour de la ${number}.`,
    changed: (number) => `La ${number} a changé.`,
    cancelled: (number) => `Stop. La ${number} est annulée.`,
    late: (number) => `La ${number} est en retard.`,
    undone: (number) => `La ${number} reste.`,
    newOrders: (orders, pizzas) =>
      `${plural(orders, 'nouvelle commande', 'nouvelles commandes')}, ${plural(pizzas, 'pizza', 'pizzas')}.`,
    manyCancelled: (orders) => `Stop. ${plural(orders, 'commande annulée', 'commandes annulées')}.`,
    manyLate: (numbers) => `Les commandes ${listed(numbers, 'fr', 'autres')} sont en retard.`,
    table: (table) => `Table ${table}.`,
    halves: (left, right) => `moitié ${left}, moitié ${right}`,
    left: 'À gauche',
    right: 'À droite',
    wish: { no: 'sans', extra: 'extra', light: 'peu de', with: 'avec' },
    allergy: (note) => `Attention, allergie : ${note}.`,
    note: (note) => `Note : ${note}.`,
    due: (minutes) =>
      minutes > 0
        ? `Dans ${plural(minutes, 'minute', 'minutes')}.`
        : minutes === 0
          ? 'Pour maintenant.'
          : `${plural(-minutes, 'minute', 'minutes')} de retard.`,
    lost: 'Plus de connexion. Voyez au comptoir.',
    standsIn: 'L’autre écran ne répond plus. Toutes les commandes sont ici.',
    standsDown: 'L’autre écran est revenu.',
    bell: 'Le comptoir appelle.',
  },
  it: {
    order: (number) => `Comanda ${number}.`,
    back: (number) => `Ritorna la ${number}.`,
    changed: (number) => `La ${number} è cambiata.`,
    cancelled: (number) => `Stop. La ${number} è annullata.`,
    late: (number) => `La ${number} è in ritardo.`,
    undone: (number) => `La ${number} resta.`,
    newOrders: (orders, pizzas) =>
      `${plural(orders, 'nuova comanda', 'nuove comande')}, ${plural(pizzas, 'pizza', 'pizze')}.`,
    manyCancelled: (orders) => `Stop. ${plural(orders, 'comanda annullata', 'comande annullate')}.`,
    manyLate: (numbers) => `Le comande ${listed(numbers, 'it', 'altre')} sono in ritardo.`,
    table: (table) => `Tavolo ${table}.`,
    halves: (left, right) => `metà ${left}, metà ${right}`,
    left: 'A sinistra',
    right: 'A destra',
    wish: { no: 'senza', extra: 'doppio', light: 'poco', with: 'con' },
    allergy: (note) => `Attenzione, allergia: ${note}.`,
    note: (note) => `Nota: ${note}.`,
    due: (minutes) =>
      minutes > 0
        ? `Fra ${plural(minutes, 'minuto', 'minuti')}.`
        : minutes === 0
          ? 'Per adesso.'
          : `${plural(-minutes, 'minuto', 'minuti')} di ritardo.`,
    lost: 'Connessione persa. Chiedete al banco.',
    standsIn: 'L’altro schermo tace. Tutte le comande sono qui.',
    standsDown: 'L’altro schermo è tornato.',
    bell: 'Il banco chiama.',
  },
}
