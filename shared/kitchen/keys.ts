/** What a key can mean. `bump` carries the tile, from 1. */
export type Action =
  { name: 'bump'; tile: number } | { name: 'next' | 'done' | 'undo' | 'repeat' | 'oven' | 'forward' | 'back' | 'setup' }
export type ActionName = Action['name']

/** What a key can be taught. A `pedal` has the grammar of one pedal: tap is next, hold is done, double is undo. */
export const teachable = ['pedal', 'next', 'done', 'undo', 'repeat', 'oven', 'forward', 'back'] as const
export type Teachable = (typeof teachable)[number]

/** ms. Contacts of cheap pedals bounce; a boot is slower than a finger. */
export const debounceMs = 250
export const holdMs = 800
export const doubleMs = 550

/** By `KeyboardEvent.key`, as bump bars, page turners and number pads send them. */
const defaults: Record<string, Exclude<ActionName, 'bump'>> = {
  ' ': 'next',
  PageDown: 'next',
  ArrowRight: 'next',
  ArrowDown: 'next',
  Enter: 'done',
  Backspace: 'undo',
  Delete: 'undo',
  PageUp: 'undo',
  ArrowLeft: 'undo',
  r: 'repeat',
  o: 'oven',
  '+': 'forward',
  '=': 'forward',
  '-': 'back',
  s: 'setup',
  '?': 'setup',
  Escape: 'setup',
}

/** What a key means: first what it was taught (by `KeyboardEvent.code`, which no layout changes), then the defaults. */
export function meaningOf(
  { key, code }: { key: string; code: string },
  taught: Readonly<Record<string, Teachable>>,
): Action | { name: 'pedal' } | null {
  const learned = taught[code || key]
  if (learned) return { name: learned }
  if (/^[1-9]$/.test(key)) return { name: 'bump', tile: Number(key) }
  const name = defaults[key.length === 1 ? key.toLowerCase() : key]
  return name ? { name } : null
}

/** One pedal's condition. Times in ms. `lastDown` debounces; `taps` counts towards a double. */
export type Pedal =
  | { name: 'up'; lastDown: number }
  | { name: 'down'; since: number }
  /** Released early: a second tap may follow. */
  | { name: 'tapped'; since: number }
  /** Held or doubled: acted already, waits for the foot to leave. */
  | { name: 'spent'; lastDown: number }

export const pedalUp: Pedal = { name: 'up', lastDown: Number.NEGATIVE_INFINITY }
export interface PedalStep {
  pedal: Pedal
  action: 'next' | 'done' | 'undo' | null
}

/** The foot goes down. */
export function pedalDown(pedal: Pedal, now: number): PedalStep {
  const settled = pedalTick(pedal, now)
  const at = settled.pedal
  switch (at.name) {
    case 'up':
      return now - at.lastDown < debounceMs ? settled : { pedal: { name: 'down', since: now }, action: settled.action }
    case 'tapped':
      return now - at.since < debounceMs ? settled : { pedal: { name: 'spent', lastDown: now }, action: 'undo' }
    case 'down':
    case 'spent':
      return settled
    default:
      return at satisfies never
  }
}

/** The foot leaves. */
export function pedalRelease(pedal: Pedal, now: number): PedalStep {
  const settled = pedalTick(pedal, now)
  const at = settled.pedal
  switch (at.name) {
    case 'down':
      return { pedal: { name: 'tapped', since: at.since }, action: settled.action }
    case 'spent':
      return { pedal: { name: 'up', lastDown: at.lastDown }, action: settled.action }
    case 'up':
    case 'tapped':
      return settled
    default:
      return at satisfies never
  }
}

/** Time passes: a hold is done at 0.8 s, under the foot; a single tap is known once no second one can follow. */
export function pedalTick(pedal: Pedal, now: number): PedalStep {
  switch (pedal.name) {
    case 'down':
      return now - pedal.since >= holdMs
        ? { pedal: { name: 'spent', lastDown: pedal.since }, action: 'done' }
        : { pedal, action: null }
    case 'tapped':
      return now - pedal.since >= doubleMs
        ? { pedal: { name: 'up', lastDown: pedal.since }, action: 'next' }
        : { pedal, action: null }
    case 'up':
    case 'spent':
      return { pedal, action: null }
    default:
      return pedal satisfies never
  }
}

/** When time alone will next do something (ms), so that one timer is enough; null when nothing is under way. */
export function pedalDeadline(pedal: Pedal): number | null {
  switch (pedal.name) {
    case 'down':
      return pedal.since + holdMs
    case 'tapped':
      return pedal.since + doubleMs
    case 'up':
    case 'spent':
      return null
    default:
      return pedal satisfies never
  }
}
