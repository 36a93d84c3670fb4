import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrive, noProof, paint, provenUpTo } from '../../shared/kitchen/proof.ts'
import { seed } from '../support/seed.ts'

describe('what a screen can prove', () => {
  it('[DSP-1] is the log up to just before the first ticket that was not painted', () => {
    const proof = arrive(arrive(noProof, ['a'], 4), ['a', 'b', 'c'], 9)
    expect(provenUpTo(proof, 9)).toBe(3)
    expect(provenUpTo(paint(proof, ['b', 'c']), 9)).toBe(3)
    expect(provenUpTo(paint(proof, ['a']), 9)).toBe(8)
    expect(provenUpTo(paint(proof, ['a', 'b', 'c']), 12)).toBe(12)
  })

  it('[DSP-1] is forgotten when a ticket leaves: one that comes back must be painted again', () => {
    const painted = paint(arrive(noProof, ['a', 'b'], 2), ['a', 'b'])
    const without = arrive(painted, ['b'], 5)
    const back = arrive(without, ['a', 'b'], 7)
    expect([...back.painted]).toEqual(['b'])
    expect(provenUpTo(back, 7)).toBe(6)
  })

  it('[DSP-1] is nothing about tickets that are not on the screen', () => {
    expect(paint(arrive(noProof, ['a'], 1), ['a', 'other']).painted).toEqual(new Set(['a']))
  })

  it('[DSP-1] never covers the first position of a ticket that was not painted', () => {
    const ids = fc.subarray(['a', 'b', 'c', 'd', 'e'])
    fc.assert(
      fc.property(fc.array(fc.record({ here: ids, seen: ids }), { maxLength: 20 }), (steps) => {
        let proof = noProof
        const came = new Map<string, number>()
        for (const [at, { here, seen }] of steps.entries()) {
          for (const id of [...came.keys()]) if (!here.includes(id)) came.delete(id)
          for (const id of here) if (!came.has(id)) came.set(id, at + 1)
          proof = paint(arrive(proof, here, at + 1), seen)
          for (const id of here)
            if (!proof.painted.has(id)) expect(provenUpTo(proof, at + 1)).toBeLessThan(came.get(id)!)
        }
      }),
      { seed },
    )
  })
})
