import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changedIn, choose, rebase, startDraft } from '../../composables/manage/merge'
import { seed } from '../support/seed.ts'

const before = { name: 'Napoli', phone: '1', hours: [{ day: 1 }] }
const draft = (mine: Partial<typeof before>) => ({ ...startDraft(3, before), mine: { ...before, ...mine } })

describe('a form over settings that others change too', () => {
  it('[SET-6] follows what only others have changed, and keeps what only I have', () => {
    const next = rebase(draft({ name: 'Mine' }), 4, { ...before, phone: '2' })
    expect(next).toMatchObject({ version: 4, mine: { name: 'Mine', phone: '2' }, theirs: {} })
    expect(changedIn(next)).toEqual(['name'])
  })

  it('[SET-6] what both have changed stays open until one has chosen', () => {
    const next = rebase(draft({ name: 'Mine', phone: '2' }), 4, { ...before, name: 'Theirs', phone: '2' })
    expect(next.theirs).toEqual({ name: 'Theirs' })
    expect(next.mine.name).toBe('Mine')
    expect(changedIn(next)).toEqual(['name'])
    expect(choose(next, 'name', 'mine')).toMatchObject({ mine: { name: 'Mine' }, theirs: {} })
    const taken = choose(next, 'name', 'theirs')
    expect(taken).toMatchObject({ mine: { name: 'Theirs' }, theirs: {} })
    expect(changedIn(taken)).toEqual([])
  })

  it('[SET-6] an open choice stays open, with the newest of theirs; agreement closes it', () => {
    const open = rebase(draft({ name: 'Mine' }), 4, { ...before, name: 'Theirs' })
    expect(rebase(open, 5, { ...before, name: 'Theirs' }).theirs).toEqual({ name: 'Theirs' })
    expect(rebase(open, 5, { ...before, name: 'Others' }).theirs).toEqual({ name: 'Others' })
    expect(rebase(open, 5, { ...before, name: 'Mine' })).toMatchObject({ mine: { name: 'Mine' }, theirs: {} })
  })

  it('[SET-6] a field that an older build did not keep has the value of now', () => {
    const { phone: _, ...older } = before
    const kept = { version: 1, base: older, mine: { ...older, name: 'Mine' }, theirs: {} }
    expect(rebase(kept as typeof kept & { base: typeof before }, 2, before).mine).toEqual({ ...before, name: 'Mine' })
  })

  it(`[SET-6] no value is lost, whatever two do (COMANDA_SEED=${seed})`, () => {
    const value = fc.record({ a: fc.integer({ max: 2, min: 0 }), b: fc.array(fc.integer({ max: 1, min: 0 })) })
    fc.assert(
      fc.property(value, value, value, (base, mine, now) => {
        const next = rebase({ version: 1, base, mine, theirs: {} }, 2, now)
        expect(next.base).toEqual(now)
        for (const name of ['a', 'b'] as const) {
          const [was, my, their] = [base, mine, now].map((one) => JSON.stringify(one[name]))
          expect(JSON.stringify(next.mine[name])).toBe(my === was ? their : my)
          expect(name in next.theirs).toBe(my !== was && their !== was && my !== their)
        }
      }),
      { seed, numRuns: 300 },
    )
  })
})
