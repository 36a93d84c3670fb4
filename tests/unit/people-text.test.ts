import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPhone } from '../../server/ground/phone.ts'
import { staysOpen } from '../../shared/menu/openings.ts'
import { priceLine } from '../../shared/menu/pricing.ts'
import { calledAs } from '../../shared/order/called.ts'
import { customerInput } from '../../shared/order/order.ts'
import { cleanText } from '../../shared/text.ts'
import { buildLine, buildMenu } from '../support/build.ts'
import { seed } from '../support/seed.ts'

describe('what people write', () => {
  it('[ORD-23] any text becomes one that every screen and database can hold, and does not change again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme' }), (wild, tame) => {
        for (const text of [wild, tame, `${tame}\u202E${wild}\u0000\uD800`]) {
          const clean = cleanText(text)
          expect(cleanText(clean)).toBe(clean)
          expect(clean.isWellFormed()).toBe(true)
          expect(clean).toBe(clean.normalize('NFC').trim())
          expect(clean).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u200B\u2060\uFEFF\u00AD\u2800\u3164]/u)
          if (clean !== '') expect(clean).toMatch(/[\p{L}\p{N}\p{P}\p{S}]/u)
        }
      }),
      { seed, numRuns: 500 },
    )
  })

  it("[ORD-23] people's names stay as they are, joined emoji and letters too", () => {
    for (const name of ['Zoé', 'Nguyễn Thị Hồng', 'می‌خواهم', 'שרה', '👩‍🍳', 'Ó’Brien-Łuk', 'O. K.', 'ผู้ใหญ่'])
      expect(cleanText(name)).toBe(name.normalize('NFC'))
    expect(cleanText('  Ada \t Lovelace\n')).toBe('Ada Lovelace')
    expect(cleanText(`Z${'\u0310'.repeat(40)}`).length).toBeLessThan(7)
  })

  it.each(['\u200B', '\u00AD\u00AD', '\u2800', '\u202E', '\u0000', '\uD800', '\u3164'])(
    '[ORD-23] a name without anything visible is refused: %j',
    (name) => {
      expect(customerInput.safeParse({ name }).success).toBe(false)
    },
  )

  it('[ORD-24] people are called by the first word that is not a title', () => {
    expect(
      ['Mme Dupont', 'Dr. Ada Lovelace', 'Herr Dr. Müller', 'Mr and Mrs Smith', 'Sig.ra Rossi', 'Mme', 'Ada L.'].map(
        (name) => calledAs(name),
      ),
    ).toEqual(['Dupont', 'Ada', 'Müller', 'Smith', 'Rossi', 'Mme', 'Ada'])
  })

  it('[SET-3] a pizzeria may call people by an initial too, or by the whole name', () => {
    const names = ['Mme Dupont', 'Dr. Ada Lovelace', 'Ada', 'Mme', 'José  María Ñandú', 'Lu 👩‍🍳']
    expect(names.map((name) => calledAs(name, 'initial'))).toEqual([
      'Dupont',
      'Ada L.',
      'Ada',
      'Mme',
      'José Ñ.',
      'Lu 👩‍🍳.',
    ])
    expect(names.map((name) => calledAs(name, 'whole'))).toEqual(names.map((name) => name.replace('  ', ' ')))
  })

  it.each([
    '030/123456',
    '030 123 456',
    '030\u00A0123\u202F456',
    '030–123456',
    '+49 30 123456',
    '0049 30 123456',
    '(030) 123-456',
    '030 123456 ext 12',
  ])('[ORD-22] %j is the same number in Berlin', (written) => {
    const { phone } = customerInput.parse({ name: 'Ada', phone: `\u202A${written}\u202C` })
    expect(readPhone(phone!, 'DE')).toBe('+4930123456')
  })

  it.each(['.....---', '12', 'call me', '+33 6'])('[ORD-22] %j is refused', (written) => {
    expect(() => readPhone(written, 'FR')).toThrow(expect.objectContaining({ code: 'order.phone_invalid' }) as Error)
  })
})

describe('contradictions', () => {
  const code = (over: Parameters<typeof buildLine>[0]) => {
    const found = priceLine(buildMenu(), buildLine(over))
    return 'code' in found ? found.code : 'priced'
  }

  it('[ORD-21] a topping both off and extra is refused; on different sides it is not', () => {
    expect(code({ remove: ['basil'], toppings: [{ topping: 'basil', amount: 'extra' }] })).toBe(
      'order.remove_contradicts',
    )
    expect(code({ remove: ['basil'], toppings: [{ topping: 'basil', half: 'left' }] })).toBe('order.remove_contradicts')
    expect(
      code({
        toppings: [
          { topping: 'basil', half: 'left', amount: 'none' },
          { topping: 'basil', half: 'right', amount: 'extra' },
        ],
      }),
    ).toBe('priced')
    expect(code({ remove: ['basil', 'basil'] })).toBe('priced')
    expect(code({ half: 'margherita' })).toBe('menu.half_same')
  })

  it('[ORD-20] nothing is promised past closing, nor into another opening', () => {
    const hours = [
      { day: 5, from: '12:00', to: '14:00' },
      { day: 5, from: '18:00', to: '22:00' },
    ]
    const open = (from: string, to: string) =>
      staysOpen(
        { hours },
        'Europe/Paris',
        Date.parse(`2026-06-12T${from}:00+02:00`),
        Date.parse(`2026-06-12T${to}:00+02:00`),
      )
    expect([open('21:30', '22:00'), open('21:58', '22:15'), open('13:58', '18:10')]).toEqual([true, false, false])
    expect(staysOpen({ hours: null }, 'Europe/Paris', 0, 1e12)).toBe(true)
  })
})
