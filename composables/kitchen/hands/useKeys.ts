import {
  debounceMs,
  meaningOf,
  pedalDeadline,
  pedalDown,
  pedalRelease,
  pedalTick,
  pedalUp,
  type Action,
  type Pedal,
  type PedalStep,
  type Teachable,
} from '#shared/kitchen/keys'

interface Options {
  keys: () => Readonly<Record<string, Teachable>>
  act: (action: Action) => void
  /** False while somebody types in a form. */
  isFree: () => boolean
}

/**
 * Bump bars, foot pedals, page turners and number pads are all keyboards. Listens to them on the whole window, so that
 * no focus is ever needed, and runs the grammar of the single pedal (pure: `shared/kitchen/keys.ts`).
 */
export function useKeys({ keys, act, isFree }: Options) {
  let pedal: Pedal = pedalUp
  let timer: ReturnType<typeof setTimeout> | undefined
  const lastDown = new Map<string, number>()

  function step({ pedal: next, action: name }: PedalStep) {
    pedal = next
    clearTimeout(timer)
    const deadline = pedalDeadline(pedal)
    if (deadline !== null)
      timer = setTimeout(() => step(pedalTick(pedal, performance.now())), Math.max(0, deadline - performance.now()) + 1)
    if (name) act({ name })
  }

  function down(event: KeyboardEvent) {
    if (!isFree() || event.ctrlKey || event.metaKey || event.altKey) return
    const meaning = meaningOf(event, keys())
    if (!meaning) return
    event.preventDefault()
    if (event.repeat) return
    const now = performance.now()
    if (meaning.name === 'pedal') return step(pedalDown(pedal, now))
    if (now - (lastDown.get(event.code) ?? Number.NEGATIVE_INFINITY) < debounceMs) return
    lastDown.set(event.code, now)
    act(meaning)
  }

  function up(event: KeyboardEvent) {
    if (meaningOf(event, keys())?.name === 'pedal') step(pedalRelease(pedal, performance.now()))
  }

  if (import.meta.client) {
    useEventListener(window, 'keydown', down)
    useEventListener(window, 'keyup', up)
    // A pedal that was held while the window lost its focus never sends its release.
    useEventListener(window, 'blur', () => {
      pedal = pedalUp
      clearTimeout(timer)
    })
  }
  onScopeDispose(() => clearTimeout(timer))
}
