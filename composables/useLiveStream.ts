import { useEventListener } from '@vueuse/core'
import { createLiveClient } from '#shared/live/client/client'
import type { LiveClient, LiveStatus, Painted } from '#shared/live/client/types'
import { readEvent, UnreadableEvent } from '#shared/live/client/read-event'
import type { CarrierKind } from '#shared/live/carrier'
import type { LiveEvent } from '#shared/live/events'
import type { Snapshot } from '#shared/live/messages'
import type { Audience } from '#shared/live/streams'
import type { ScreenReport } from '#shared/order/views'
import { browserIo } from '~/composables/live/browser-io'
import { deviceId } from '~/composables/live/device'
import { servedAt } from '~/composables/live/served-at'
import { turn } from '~/composables/turn'
import { fetchSnapshot } from '~/composables/live/snapshot'

/** What a page's store does with its stream: it only changes state. */
export interface LiveStore<State, A extends Audience> {
  /** `isPart`: the rest of the state follows at once, and is no news. */
  reset(snapshot: Snapshot<State>, isPart?: boolean): void
  apply(event: LiveEvent<A>): void
}

/**
 * What of a long state the page carries for its first paint; null: all of it. After a part, the page takes the whole
 * snapshot before it goes live.
 */
export type FirstPaint<State> = (state: State, now: number) => State | null

/** Why there is nothing to show: the server's own code and HTTP status (0: no network). */
export interface LiveError {
  code: string
  status: number
}

export type LiveStream = Awaited<ReturnType<typeof useLiveStream>>

const stoppedBy: Record<number, LiveError> = {
  4401: { code: 'sign_in', status: 401 },
  4403: { code: 'forbidden', status: 403 },
  4404: { code: 'no_such_stream', status: 404 },
}

/** When the streams of this visit were last heard, ms: the server's clock. A store outlives its page. */
const heardBefore = new Map<string, number>()

/** The foreign carrier of this installation (server/plugins/start.ts), known while the server renders. */
const carrierOfRequest = () => (useRequestEvent()?.context.carrier as CarrierKind | undefined) ?? null

/**
 * A page's live stream, for as long as its scope lives. The server renders the snapshot into the store, the browser
 * hydrates from the same one, and only after mounting goes live from its position (CLI-1). Await it in `setup`. `error`
 * says that the snapshot was refused, so that the page can show a sign-in and then call `restart()`.
 */
export async function useLiveStream<State, A extends Audience>(
  audience: A,
  key: string,
  store: LiveStore<State, A>,
  { firstPaint }: { firstPaint?: FirstPaint<State> } = {},
) {
  const stream = `${audience}:${key}`
  const request = import.meta.server ? $fetch.create({ headers: useRequestHeaders(['cookie']) }) : $fetch
  const { app, public: ours } = useRuntimeConfig()
  const isHydrating = import.meta.client && useNuxtApp().isHydrating
  const carrier = useState<CarrierKind | null>('carrier', () => carrierOfRequest())
  const status = shallowRef<LiveStatus>({ name: 'idle' })
  const error = shallowRef<LiveError | null>(null)
  const position = shallowRef(0)
  /** The server's build, once it is newer than this page's: time to reload. */
  const newBuild = shallowRef<string | null>(null)
  let begin: Snapshot | null = null
  /** The page carries the beginning of its state alone. */
  let isPart = false
  let client: LiveClient | null = null
  let isOver = false
  /** Of when what is shown is, ISO 8601, while nothing newer has come. */
  let shownOf: string | undefined

  function reset(snapshot: Snapshot) {
    error.value = null
    store.reset(snapshot as Snapshot<State>, isPart)
    position.value = snapshot.position
  }
  function restart() {
    client?.dispose()
    client = createLiveClient({
      stream,
      cursor: begin && !isPart ? { epoch: begin.epoch, position: begin.position } : null,
      renderedAt: shownOf,
      build: ours.build,
      // Only a kitchen proves what it shows, so no other page gets a screen id.
      device: audience === 'kitchen' ? deviceId() : undefined,
      io: browserIo(stream, app.baseURL, carrier.value),
      on: {
        reset,
        apply(event) {
          store.apply(readEvent(audience, event))
          position.value = event.position
        },
        status(next) {
          status.value = next
          if (next.name === 'stopped') error.value = stoppedBy[next.code] ?? null
        },
        build: (name) => (newBuild.value = name),
        fault(fault) {
          if (!(fault instanceof UnreadableEvent && fault.isMeant)) console.error(fault)
        },
      },
    })
    // A restart after this begins with a fresh snapshot, because ours is stale by then.
    begin = null
    shownOf = undefined
    isPart = false
    client.start()
  }

  // All hooks come before the first await: after it, Vue no longer knows the component.
  onMounted(async () => {
    if (error.value && error.value.status >= 400 && error.value.status < 500) return
    // What the page shows wakes up in one task, its line is opened in the next.
    if (isHydrating) await turn()
    if (!client && !isOver) restart()
  })
  onScopeDispose(() => {
    isOver = true
    if (client) heardBefore.set(stream, client.confirmedAt())
    client?.dispose()
  })
  if (import.meta.client) {
    useEventListener(window, ['focus', 'pageshow'], () => client?.wake())
    useEventListener(window, 'online', () => client?.online())
    useEventListener(
      document,
      ['visibilitychange', 'resume'],
      () => document.visibilityState === 'visible' && client?.wake(),
    )
  }

  const { data: answer } = await useAsyncData(`live:${stream}`, async () => {
    const whole = await fetchSnapshot(request, stream)
    if (import.meta.client || whole.name !== 'snapshot') return whole
    // A long state was just read: whoever came meanwhile goes first.
    await new Promise((resolve) => setTimeout(resolve))
    const { snapshot } = whole
    const state = firstPaint?.(snapshot.state as State, Date.parse(snapshot.now))
    // The menu's page is kept and sent again, when its own time has passed long ago: it says none (WEB-5).
    if (audience === 'menu') snapshot.now = ''
    return state ? { ...whole, snapshot: { ...snapshot, state }, isPart: true } : whole
  })
  if (isHydrating) await turn()
  const found = answer.value
  if (found?.name === 'snapshot') {
    begin = found.snapshot
    isPart = 'isPart' in found
    shownOf = begin.now || (import.meta.client ? servedAt() : undefined)
    reset(begin)
  } else {
    error.value = {
      code: (found?.name === 'refused' && found.code) || 'unavailable',
      status: found?.name === 'refused' ? found.status : 0,
    }
    const heard = heardBefore.get(stream)
    if (heard) shownOf = new Date(heard).toISOString()
  }
  const renderedAt = Date.parse(begin?.now ?? '') || 0

  return {
    status,
    error,
    position,
    newBuild,
    /** ms, the server's clock. Until mounted it is the snapshot's time, so that server and browser render the same. */
    serverNow: () => client?.serverNow() ?? renderedAt,
    /** When the server was last heard: ms, the server's clock; 0 for never. */
    confirmedAt: () => client?.confirmedAt() ?? renderedAt,
    shown: (to: number, painted?: Painted) => client?.shown(to, painted),
    report: (said: ScreenReport) => client?.report(said),
    restart,
  }
}
