import type { CarrierKind } from '#shared/live/carrier'
import type { LiveIo, Socket } from '#shared/live/client/types'
import { openSocketTo } from '~/composables/live/websocket'

/** The browser's way over the foreign carrier; the code that speaks to it is loaded when it is first tried. */
export function foreignCarrier(stream: string, base: string, transport: CarrierKind): NonNullable<LiveIo['carrier']> {
  async function request(path: string, body?: object) {
    const response = await $fetch.raw<unknown>(`/${path}`, {
      method: body ? 'POST' : 'GET',
      body,
      cache: 'no-store',
      ignoreResponseError: true,
      retry: false,
      timeout: 8_000,
      baseURL: base,
    })
    return { status: response.status, body: response._data }
  }

  return {
    transport,
    open(place, handlers) {
      let socket: Socket | null = null
      let isClosed = false
      import('#shared/live/client/carrier/carrier').then(
        ({ openCarrier }) => {
          if (isClosed) return
          const io = {
            stream,
            request,
            openSocket: openSocketTo,
            setTimer: (run: () => void, ms: number) => setTimeout(run, ms),
            clearTimer: (timer: unknown) => clearTimeout(timer as number),
          }
          socket = openCarrier(io, place, handlers)
        },
        () => isClosed || handlers.closed(1006),
      )
      return {
        send: (text) => socket?.send(text),
        close() {
          isClosed = true
          socket?.close()
        },
      }
    },
  }
}
