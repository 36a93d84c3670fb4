import { describe, expect, it } from 'vitest'
import { standsOnBoard } from '../../shared/order/board.ts'
import { numberOf } from '../../shared/order/number.ts'
import { toBoardEntry } from '../../shared/order/views.ts'
import { buildOrder, later, noon } from '../support/build.ts'

const at = (minutes: number) => Date.parse(later(minutes))

describe('the public board', () => {
  it('[ORD-9] drops what nobody collected within the hour, before its number is given again', () => {
    const ready = toBoardEntry(buildOrder({ state: 'ready', readyAt: noon, updatedAt: later(59) }))
    expect([0, 59, 60, 24 * 60].map((minutes) => standsOnBoard(ready, at(minutes)))).toEqual([true, true, false, false])
  })

  it('[ORD-9] drops what nobody marked ready for half a day', () => {
    const making = toBoardEntry(buildOrder({ state: 'making', updatedAt: noon }))
    expect([0, 719, 720].map((minutes) => standsOnBoard(making, at(minutes)))).toEqual([true, true, false])
  })

  it("[ORD-14] marks a rehearsal's order, which has a number of its own", () => {
    const entry = toBoardEntry(buildOrder({ number: 3, test: true }))
    expect([entry.test, numberOf(entry), numberOf(buildOrder({ number: 3 }))]).toEqual([true, 'T3', '3'])
  })
})
