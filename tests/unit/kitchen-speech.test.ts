import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { announce, type News } from '../../shared/kitchen/announce.ts'
import { chooseVoice, longestUtterance, sayTicket, utterances, utteranceSeconds } from '../../shared/kitchen/speech.ts'
import { lengthOf, tones } from '../../shared/sound/tones.ts'
import { aLine, aTicket, aWish, iso, minute, start, without } from '../support/tickets.ts'
import { seed } from '../support/seed.ts'

const word = (name: string) => ({ en: name, fr: name, it: name })
const order = aTicket({
  number: 42,
  note: 'nut allergy',
  lines: [
    aLine(),
    aLine({
      size: 'medium',
      sizeName: word('medium'),
      item: 'diavola',
      name: word('Diavola'),
      half: { item: 'funghi', name: word('Funghi') },
      removed: [without('onion')],
      toppings: [aWish('olives', 'left', 'extra')],
    }),
  ],
})

describe('speech', () => {
  it('[KIT-16] reads an order as one cook reads it to another', () => {
    expect(sayTicket(order, 'en', start + 8 * minute)).toEqual([
      'Order 42.',
      '1 Large Margherita.',
      '1 medium half Diavola, half Funghi. no onion. Left: extra olives.',
      'Careful, allergy: nut allergy.',
      'Due in 12.',
    ])
    expect(sayTicket(order, 'fr', start).at(-1)).toBe('Dans 20 minutes.')
    expect(sayTicket(order, 'it', start)[0]).toBe('Comanda 42.')
  })

  it('[KIT-8] [KIT-16] says an allergy with the pizza that it belongs to', () => {
    const ticket = aTicket({ lines: [aLine(), aLine({ note: 'coeliac, please' })] })
    expect(sayTicket(ticket, 'en', start).slice(1, 3)).toEqual([
      '1 Large Margherita.',
      '1 Large Margherita. Careful, allergy: coeliac, please.',
    ])
  })

  it('[KIT-16] keeps every utterance under 10 s, and every word', () => {
    fc.assert(
      fc.property(fc.array(fc.lorem({ maxCount: 60 })), (sentences) => {
        const said = utterances(sentences)
        expect(said.filter((text) => utteranceSeconds(text) >= longestUtterance)).toEqual([])
        expect(said.join(' ').replace(/\s+/g, '')).toBe(sentences.join(' ').replace(/\s+/g, ''))
      }),
      { seed },
    )
  })

  it('[KIT-16] prefers a voice of this device: a network voice falls silent with the line', () => {
    const voice = (name: string, lang: string, localService: boolean, standard = false) => ({
      name,
      lang,
      localService,
      default: standard,
    })
    const voices = [voice('net', 'it-IT', false, true), voice('local', 'it-IT', true), voice('other', 'fr-FR', true)]
    expect(chooseVoice(voices, 'it')?.name).toBe('local')
    expect(chooseVoice(voices.slice(0, 1), 'it')?.name).toBe('net')
    expect(chooseVoice(voices, 'en')).toBeNull()
  })
})

describe('announcements', () => {
  const fresh = (count: number): News[] =>
    Array.from({ length: count }, (_, at) => ({ name: 'new', ticket: aTicket({ number: at + 1 }) }))

  it('[KIT-17] make a burst of six one chime and one sentence', () => {
    expect(announce(fresh(6), 'en', start)).toEqual({ tone: 'new', sentences: ['6 new orders, 6 pizzas.'] })
    expect(announce(fresh(6), 'fr', start)?.sentences).toEqual(['6 nouvelles commandes, 6 pizzas.'])
  })

  it('[KIT-17] say the most pressing thing first', () => {
    const news: News[] = [...fresh(1), { name: 'cancelled', ticket: aTicket({ number: 9 }) }]
    const said = announce(news, 'en', start)!
    expect(said.tone).toBe('cancelled')
    expect(said.sentences[0]).toBe('Stop. Order 9 is cancelled.')
    expect(announce([], 'en', start)).toBeNull()
  })

  it('[KIT-17] name those that are late before a burst is counted, in one sentence', () => {
    const late = [7, 3].map((number) => aTicket({ number, promiseAt: iso(start - number * minute) }))
    const news: News[] = [...fresh(5), ...late.map((ticket) => ({ name: 'late' as const, ticket }))]
    expect(announce(news, 'en', start)).toEqual({
      tone: 'late',
      sentences: ['Orders 7 and 3 are late. 5 new orders, 5 pizzas.'],
    })
    // A new one may be late already: after a cut, or where it was promised too soon.
    const cut: News[] = [...fresh(5), { name: 'new', ticket: late[0]! }]
    expect(announce(cut, 'fr', start)?.sentences).toEqual(['La 7 est en retard. 6 nouvelles commandes, 6 pizzas.'])
    const many: News[] = Array.from({ length: 9 }, (_, at) => ({ name: 'late', ticket: aTicket({ number: at + 1 }) }))
    expect(announce(many, 'it', start)?.sentences).toEqual(['Le comande 1, 2, 3, 4 e 5 altre sono in ritardo.'])
  })

  it('[KIT-17] [KIT-18] say what has changed and what was undone, each with a tone of its own', () => {
    const ticket = aTicket({ number: 5 })
    expect(announce([{ name: 'undone', ticket }], 'en', start)).toEqual({
      tone: 'undone',
      sentences: ['Order 5 stays.'],
    })
    const changed = announce([{ name: 'changed', ticket }], 'en', start)
    expect(changed).toMatchObject({
      tone: 'changed',
      sentences: ['Order 5 has changed.', '1 Large Margherita.', 'Due in 20.'],
    })
  })

  it('[KIT-17] say a ticket once, however often it changed', () => {
    expect(
      announce([...fresh(1), ...fresh(1)], 'en', start)?.sentences.filter((text) => text === 'Order 1.'),
    ).toHaveLength(1)
  })

  it('[KIT-18] have a tone of their own each, short and where ears are keen', () => {
    const tunes = Object.values(tones).map((tone) => JSON.stringify(tone.notes))
    expect(new Set(tunes).size).toBe(tunes.length)
    for (const tone of Object.values(tones)) expect(lengthOf(tone)).toBeLessThan(2)
    for (const [frequency] of Object.values(tones).flatMap((tone) => [...tone.notes]))
      if (frequency) expect(frequency).toBeGreaterThan(450)
  })
})
