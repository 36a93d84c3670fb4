import type { Text } from '../../shared/menu/menu.ts'
import { words } from './words.ts'

/** Cents for a small (26 cm), medium (31 cm) and large (36 cm) pizza. */
export type Prices = readonly [small: number, medium: number, large: number]

const names: { id: 'small' | 'medium' | 'large'; name: Text }[] = [
  { id: 'small', name: words('Petite', 'Small', 'Piccola') },
  { id: 'medium', name: words('Moyenne', 'Medium', 'Media') },
  { id: 'large', name: words('Grande', 'Large', 'Grande') },
]

export const pizzaSizes = (prices: Prices) =>
  names.map((size, index) => ({ ...size, price: prices[index]!, available: true }))

export const bySize = ([small, medium, large]: Prices) => ({ small, medium, large })
