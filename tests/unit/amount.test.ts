import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAmount, writeAmount } from '#shared/order/amount'

describe('money in a field', () => {
  it.each([
    ['19', 2, 1900],
    ['19.5', 2, 1950],
    ['19,50', 2, 1950],
    [' 1 234,50 ', 2, 123_450],
    ['1.234,50', 2, 123_450],
    ['1,234.50', 2, 123_450],
    ['1’234.50', 2, 123_450],
    ['0,05', 2, 5],
    ['800', 0, 800],
    ['1.234', 3, 1234],
    ['1.234.567', 2, 123_456_700],
  ])('[CTR-1] %s with %i digits is %i', (written, digits, minor) => {
    expect(readAmount(written, digits)).toBe(minor)
  })

  it.each([
    ['', 2],
    ['abc', 2],
    ['-5', 2],
    ['1e3', 2],
    ['19,505', 2],
    ['1.234', 2],
    ['1.2.3', 2],
    ['8,5', 0],
    ['99999999999999999', 2],
  ])('[CTR-1] %s with %i digits is refused', (written, digits) => {
    expect(readAmount(written, digits)).toBeNull()
  })

  it('[CTR-1] what is written is read again as the same sum', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.constantFrom(0, 2, 3), fc.constantFrom('.', ','), (minor, digits, point) => {
        expect(readAmount(writeAmount(minor, digits, point), digits)).toBe(minor)
      }),
    )
  })
})
