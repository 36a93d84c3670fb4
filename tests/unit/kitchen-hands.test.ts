import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freshness } from '../../shared/live/freshness.ts'
import {
  debounceMs,
  doubleMs,
  holdMs,
  meaningOf,
  pedalDeadline,
  pedalDown,
  pedalRelease,
  pedalTick,
  pedalUp,
  type Pedal,
  type PedalStep,
} from '../../shared/kitchen/keys.ts'
import { ask, due, emptyWindow, forget, undo, undoMs } from '../../shared/kitchen/undo-window.ts'
import { parseCommand } from '../../shared/kitchen/spoken-commands.ts'
import { seed } from '../support/seed.ts'

type Foot = ['down' | 'up', at: number]

/** Plays a foot on the pedal, with the timer that the composable would set. */
function play(foot: Foot[], until = 60_000) {
  let pedal: Pedal = pedalUp
  const actions: [string, number][] = []
  const take = (step: PedalStep, at: number) => {
    pedal = step.pedal
    if (step.action) actions.push([step.action, at])
  }
  for (const [what, at] of [...foot, ['end', until] as const]) {
    for (let deadline = pedalDeadline(pedal); deadline !== null && deadline <= at; deadline = pedalDeadline(pedal))
      take(pedalTick(pedal, deadline), deadline)
    if (what === 'down') take(pedalDown(pedal, at), at)
    if (what === 'up') take(pedalRelease(pedal, at), at)
  }
  return actions
}

describe('one pedal', () => {
  it('[KIT-12] taps for the next, once no second tap can follow', () => {
    expect(
      play([
        ['down', 0],
        ['up', 120],
      ]),
    ).toEqual([['next', doubleMs]])
  })
  it('[KIT-12] holds for done: under the foot at 0.8 s, and once', () => {
    expect(
      play([
        ['down', 0],
        ['up', 3000],
      ]),
    ).toEqual([['done', holdMs]])
  })
  it('[KIT-12] doubles for undo', () => {
    expect(
      play([
        ['down', 0],
        ['up', 100],
        ['down', 350],
        ['up', 450],
      ]),
    ).toEqual([['undo', 350]])
  })
  it('[KIT-12] takes bouncing contacts for one tap', () => {
    expect(
      play([
        ['down', 0],
        ['up', 8],
        ['down', 15],
        ['up', 90],
      ]),
    ).toEqual([['next', doubleMs]])
    expect(debounceMs).toBe(250)
  })
  it('[KIT-12] goes on after each act', () => {
    expect(
      play([
        ['down', 0],
        ['up', 1000],
        ['down', 2000],
        ['up', 2100],
        ['down', 4000],
        ['up', 4100],
        ['down', 4400],
        ['up', 4500],
      ]).map(([action]) => action),
    ).toEqual(['done', 'next', 'undo'])
  })
  it('[KIT-12] never acts more often than the foot goes down', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1500 }), { maxLength: 40 }), (gaps) => {
        let at = 0
        const foot = gaps.map((gap, index): Foot => [index % 2 ? 'up' : 'down', (at += gap)])
        expect(play(foot, at + 5000).length).toBeLessThanOrEqual(Math.ceil(gaps.length / 2))
      }),
      { seed },
    )
  })
})

describe('keys', () => {
  it('[KIT-12] mean what bump bars and page turners send', () => {
    const mean = (key: string) => meaningOf({ key, code: key }, {})
    expect(mean('3')).toEqual({ name: 'bump', tile: 3 })
    expect([' ', 'Enter', 'Backspace', 'r', 'R', 'o', '+', '-', 'PageDown'].map((key) => mean(key)?.name)).toEqual([
      'next',
      'done',
      'undo',
      'repeat',
      'repeat',
      'oven',
      'forward',
      'back',
      'next',
    ])
    expect(mean('q')).toBeNull()
    expect(mean('0')).toBeNull()
  })
  it('[KIT-12] that were taught come first', () => {
    expect(meaningOf({ key: ' ', code: 'Space' }, { Space: 'pedal' })).toEqual({ name: 'pedal' })
    expect(meaningOf({ key: 'b', code: 'KeyB' }, { KeyB: 'done' })).toEqual({ name: 'done' })
  })
})

describe('the undo window', () => {
  const step = (id: string) => ({ id, number: 42, from: 'queued' as const, to: 'ready' as const })
  it('[KIT-13] sends a bump after 3 s and not before', () => {
    const steps = ask(emptyWindow, step('a'), 0)
    expect(due(steps, undoMs - 1).send).toEqual([])
    expect(due(steps, undoMs).send).toMatchObject([{ id: 'a', to: 'ready' }])
    expect(due(due(steps, undoMs).steps, undoMs * 9).send).toEqual([])
  })
  it('[KIT-13] takes back the latest: first what waits, then what was sent', () => {
    const steps = ask(due(ask(emptyWindow, step('a'), 0), undoMs).steps, step('b'), undoMs)
    const first = undo(steps)
    expect(first.undone).toMatchObject({ name: 'pending', step: { id: 'b' } })
    expect(undo(first.steps).undone).toMatchObject({ name: 'sent', step: { id: 'a' } })
    expect(undo(undo(first.steps).steps).undone).toBeNull()
  })
  it('[KIT-13] asks once for a ticket, and forgets what somebody else has moved', () => {
    const steps = ask(ask(emptyWindow, step('a'), 0), step('a'), 2000)
    expect(steps.pending).toHaveLength(1)
    expect(due(forget(steps, 'a'), 9000).send).toEqual([])
  })
})

describe('what the screen may claim', () => {
  it('[KIT-14] is live for 12 s after a frame, doubtful until 30 s, then nothing', () => {
    expect([0, 11_999, 12_000, 29_999, 30_000].map((silence) => freshness(0, silence))).toEqual([
      'live',
      'live',
      'doubt',
      'doubt',
      'blind',
    ])
  })
})

describe('spoken commands', () => {
  it('[KIT-15] are few, in three languages, and never guessed', () => {
    expect(parseCommand('Ready 42', 'en')).toEqual({ name: 'ready', number: 42 })
    expect(parseCommand('prête 7', 'fr')).toEqual({ name: 'ready', number: 7 })
    expect(parseCommand('pronta 12', 'it')).toEqual({ name: 'ready', number: 12 })
    expect(parseCommand('ripeti', 'it')).toEqual({ name: 'repeat' })
    expect(['already', 'undo or next', 'some talk about 42', ''].map((text) => parseCommand(text, 'en'))).toEqual([
      null,
      null,
      null,
      null,
    ])
  })
})
