import type { Menu } from '../../shared/menu/menu.ts'
import type { KitchenSettings } from '../../shared/menu/quote.ts'
import { classics } from './classics.ts'
import { garden } from './garden.ts'
import { others } from './others.ts'
import { bySize } from './sizes.ts'
import { specials } from './specials.ts'
import { toppings } from './toppings.ts'
import { whites } from './whites.ts'
import { words } from './words.ts'

/** A pizzeria as the demo finds it on an empty database. Prices are cents. */
export type DemoPizzeria = Omit<Menu, 'pizzeria'> & {
  id: string
  name: string
  timezone: string
  phone: string
  address: string
  kitchen: KitchenSettings
}

/** The demo pizzeria. Documentation and tests order from it, so its ids and margherita's prices stay as they are. */
export const napoli: DemoPizzeria = {
  id: 'napoli',
  name: 'Pizzeria Napoli',
  currency: 'EUR',
  timezone: 'Europe/Paris',
  /** One of the numbers that France keeps for films. */
  phone: '+33199001234',
  address: '12 rue du Four, 75006 Paris',
  /** A deck oven of six and two at the bench: about 56 pizzas an hour on a good night. */
  kitchen: {
    makers: 2,
    ovenSlots: 6,
    bakeSeconds: 240,
    reloadSeconds: 30,
    baseMinutes: 15,
    pizzasPerSlot: 14,
    leadMinutes: 25,
  },
  categories: [
    { id: 'classics', name: words('Les classiques', 'Classics', 'Le classiche') },
    { id: 'whites', name: words('Les blanches', 'Whites', 'Le bianche') },
    { id: 'specials', name: words('Les spéciales', 'House specials', 'Le speciali') },
    { id: 'garden', name: words('Du potager', 'From the garden', 'Dall’orto') },
    { id: 'sides', name: words('À partager', 'To share', 'Sfizi') },
    { id: 'desserts', name: words('Desserts', 'Desserts', 'Dolci') },
    { id: 'drinks', name: words('Boissons', 'Drinks', 'Bibite') },
  ],
  items: [...classics, ...whites, ...specials, ...garden, ...others],
  toppings,
  crusts: [
    {
      id: 'classic',
      name: words('Classique', 'Classic', 'Classica'),
      available: true,
      prices: bySize([0, 0, 0]),
      allergens: ['gluten'],
    },
    {
      id: 'wholegrain',
      name: words('Farine complète', 'Wholegrain', 'Integrale'),
      available: true,
      prices: bySize([80, 100, 120]),
      allergens: ['gluten'],
    },
    {
      id: 'filled',
      name: words('Bord farci à la ricotta', 'Ricotta-filled rim', 'Cornicione ripieno di ricotta'),
      available: true,
      prices: bySize([200, 250, 300]),
      allergens: ['gluten', 'milk'],
    },
  ],
  policies: { halfTopping: 'half', maxQuantity: 20, maxPieces: 40, phoneRequired: false },
}
