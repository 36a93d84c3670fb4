import { useIntervalFn, watchDebounced } from '@vueuse/core'
import { onScopeDispose, shallowRef, toValue } from 'vue'
import type { MaybeRefOrGetter } from 'vue'
import { z } from 'zod'
import type { Line } from '#shared/menu/line'
import type { Mode } from '#shared/order/modes'
import type { RejectionCode } from '#shared/order/rejections'
import { type CommandResult, sendCommand } from '~/composables/useCommand'

export type QuoteState =
  | { name: 'none' }
  | { name: 'asking' }
  | { name: 'quoted'; at: string; because: 'base' | 'queue' | 'busy' | 'slot'; total: number }
  | { name: 'refused'; code: RejectionCode; details: Record<string, unknown> }
  | { name: 'unreachable' }

const quote = z.object({
  total: z.int(),
  promise: z.object({
    at: z.union([z.string(), z.number()]),
    because: z.enum(['base', 'queue', 'busy', 'slot']).catch('base'),
  }),
})

function read(result: CommandResult<unknown>): QuoteState {
  if (result.name === 'refused') return { name: 'refused', code: result.code, details: result.details }
  const found = quote.safeParse(result.name === 'done' ? result.data : null)
  if (!found.success) return { name: 'unreachable' }
  const { promise, total } = found.data
  return { name: 'quoted', at: new Date(promise.at).toISOString(), because: promise.because, total }
}

/**
 * The promise for a basket, asked again when the basket changes and once a minute while somebody looks at it, because
 * the queue moves while they type their name. `wanted` is null while there is nothing to ask.
 */
export function useQuote(
  pizzeria: string,
  wanted: MaybeRefOrGetter<{ mode: Mode; lines: Line[]; for?: string } | null>,
) {
  const state = shallowRef<QuoteState>({ name: 'none' })
  let running: AbortController | null = null

  async function ask() {
    running?.abort()
    const body = toValue(wanted)
    if (!body || body.lines.length === 0) return void (state.value = { name: 'none' })
    const mine = (running = new AbortController())
    if (state.value.name !== 'quoted') state.value = { name: 'asking' }
    const { signal } = mine
    const result = await sendCommand(`/api/pizzerias/${pizzeria}/quote`, { method: 'POST', body, signal, tries: 2 })
    if (mine === running && !signal.aborted) state.value = read(result)
  }

  watchDebounced(
    () => JSON.stringify(toValue(wanted)),
    () => void ask(),
    { debounce: 250 },
  )
  useIntervalFn(() => void ask(), 60_000)
  onScopeDispose(() => running?.abort())
  return { state, ask }
}
