import type { MenuChanges } from './menu-changes.ts'

/** What can be wrong with a line of a file; each has a text of its own on the page. */
export const importFaults = {
  unreadable: 'The file cannot be read from this line on.',
  column_unknown: 'There is no column of this name.',
  cells: 'This line has more cells than the first one.',
  word: 'This is none of the words that the column takes.',
  missing: 'Something is needed here.',
  price: 'This is no price in the currency of the pizzeria.',
  number: 'This is no whole number from 1 on.',
  unknown: 'The menu has nothing of this name.',
  twice: 'This stands in the file twice.',
  differs: 'Another line of the same thing says something else.',
  invalid: 'This cannot stand here.',
} as const
export type ImportFault = keyof typeof importFaults

export interface ImportError {
  /** Counted from 1; null where it is about something that the file does not name. */
  line: number | null
  /** A column of a CSV file, or a path in JSON. */
  field: string
  /** What stands there. */
  value: string
  code: ImportFault
  message: string
}

/** What a file would change, or has changed (then with the `version` that was published). */
export interface ImportResult {
  changes: MenuChanges
  errors: ImportError[]
  version: number
}

export const importFormats = ['csv', 'json'] as const
export type ImportFormat = (typeof importFormats)[number]

/** `add`: what the file does not name stays as it is. `replace`: it leaves, in each part that the file has. */
export const importModes = ['add', 'replace'] as const
export type ImportMode = (typeof importModes)[number]
