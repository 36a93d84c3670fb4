import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrive, noProof, paint as paintParts, provenUpTo, type Proof } from '../../shared/kitchen/proof.ts'
import { seed } from '../support/seed.ts'

const paint = (proof: Proof, ids: readonly string[]) =>
  paintParts(
    proof,
    ids.map((id) => ({ id, part: 1, of: 1 })),
  )

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

  it('[DSP-4] is a torn ticket only after all of its parts, in any order and at any time', () => {
    let proof = arrive(noProof, ['a', 'b'], 3)
    const see = (...pieces: [id: string, part: number, of: number][]) =>
      (proof = paintParts(
        proof,
        pieces.map(([id, part, of]) => ({ id, part, of })),
      ))
    expect(see(['a', 3, 3], ['b', 1, 1]).painted).toEqual(new Set(['b']))
    expect(see(['a', 1, 3]).painted).toEqual(new Set(['b']))
    expect(see(['a', 1, 3], ['a', 3, 3]).painted).toEqual(new Set(['b']))
    expect(provenUpTo(proof, 5)).toBe(2)
    expect(see(['a', 2, 3]).painted).toEqual(new Set(['a', 'b']))
    expect(provenUpTo(proof, 5)).toBe(5)
  })

  it('[DSP-4] is no torn ticket whose parts are of two tearings', () => {
    const half = paintParts(arrive(noProof, ['a'], 1), [{ id: 'a', part: 1, of: 2 }])
    expect(paintParts(half, [{ id: 'a', part: 3, of: 3 }]).painted.size).toBe(0)
    const gone = arrive(arrive(half, [], 2), ['a'], 3)
    expect(paintParts(gone, [{ id: 'a', part: 2, of: 2 }]).painted.size).toBe(0)
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
