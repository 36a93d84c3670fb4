/*
 * Small checks of parsed JSON for browsers, because zod would be seven times the size of the whole live client, on
 * every phone. Types tie each field to its schema, and property tests compare each result with it.
 */
export type Check = (value: unknown) => boolean
export type Fields<T> = { [K in keyof T]-?: Check }

export const text: Check = (value) => typeof value === 'string'
export const number: Check = (value) => typeof value === 'number' && Number.isFinite(value)
export const int: Check = Number.isSafeInteger
export const position: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0
export const anything: Check = () => true
export const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
export const flag: Check = (value) => typeof value === 'boolean'
export const nullable =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
export const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)
export const record =
  (check: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value).every(check)
export const oneOf =
  (...words: readonly unknown[]): Check =>
  (value) =>
    words.includes(value)

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const object =
  <T>(fields: Fields<T>): Check =>
  (value) => {
    if (!isObject(value)) return false
    for (const name in fields) {
      if (!fields[name](value[name])) return false
    }
    return true
  }
