import { numberOf } from '#shared/order/order'
import type { Ref } from 'vue'
import type { OrderState } from '#shared/order/order'
import type { ScreenSettings } from '#shared/kitchen/screen-settings'
import type { Act, Teachable } from '#shared/kitchen/keys'
import type { Ticket } from '#shared/order/views'
import { findMove } from '#shared/order/moves'
import { speechWords } from '#shared/kitchen/speech-words'
import { isCancelled } from '#shared/kitchen/ticket'
import { useBumpBar } from '~/composables/useBumpBar'
import { useKitchenCursor } from '~/composables/useKitchenCursor'
import { useKitchenMoves, type Notice } from '~/composables/useKitchenMoves'
import type { useKitchenQueue } from '~/composables/useKitchenQueue'
import type { useKitchenSound } from '~/composables/useKitchenSound'
import { useKitchenVoice } from '~/composables/useKitchenVoice'
import type { useKitchenStore } from '~/stores/kitchen'

interface Options {
  store: ReturnType<typeof useKitchenStore>
  queue: ReturnType<typeof useKitchenQueue>
  sound: Pick<ReturnType<typeof useKitchenSound>, 'play' | 'say' | 'repeat' | 'speaking'>
  held: Ref<boolean>
  setupOpen: Ref<boolean>
  dismiss: (ticket: Ticket) => void
  settings: Ref<ScreenSettings>
  keys: Ref<Readonly<Record<string, Teachable>>>
}

const noticeMs = 4_000

/** What hands full of dough can do: every act by a key, each answered by a tone and a line on the screen. */
export function useKitchenActs({ store, queue, sound, held, setupOpen, dismiss, settings, keys }: Options) {
  const notice = shallowRef<Notice | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  function notify(next: Notice) {
    notice.value = next
    clearTimeout(timer)
    timer = setTimeout(() => {
      notice.value = null
    }, noticeMs)
  }
  onScopeDispose(() => clearTimeout(timer))

  const moves = useKitchenMoves({ tickets: toRef(store, 'tickets'), put: store.put, notify })
  const cursor = useKitchenCursor({
    large: queue.large,
    busy: (id) => moves.ring.value.pending.some((one) => one.id === id),
    held,
  })

  function bump(ticket: Ticket | undefined, to: OrderState) {
    if (!ticket) return notify({ name: 'nothing', number: '' })
    if (isCancelled(ticket)) {
      sound.play('done')
      return dismiss(ticket)
    }
    const whole = store.tickets[ticket.id] ?? ticket
    if (!findMove(whole.state, to)) return notify({ name: 'refused', number: numberOf(ticket) })
    sound.play('done')
    moves.move(whole, to)
  }

  function act(asked: Act) {
    switch (asked.name) {
      case 'bump':
        return bump(queue.large.value[asked.tile - 1]?.ticket, 'ready')
      case 'next':
        return void (cursor.next(), sound.play('tick'))
      case 'done':
        return bump(cursor.ticket.value, 'ready')
      case 'oven':
        return bump(cursor.ticket.value, 'baking')
      case 'undo':
        return void (sound.play('undo'), moves.takeBack())
      case 'repeat':
        return sound.repeat(cursor.chosen.value ? (cursor.ticket.value ?? null) : null)
      case 'forward':
        return queue.forward()
      case 'back':
        return queue.back()
      case 'setup':
        return void (setupOpen.value = true)
      default:
        return asked satisfies never
    }
  }
  useBumpBar({ keys: () => keys.value, act, enabled: () => !setupOpen.value })

  const voice = useKitchenVoice({
    enabled: () => settings.value.voiceCommands,
    language: () => settings.value.language,
    speaking: () => sound.speaking.value,
    heard(command) {
      if (command.name !== 'ready') return act({ name: command.name })
      const ticket = queue.large.value.find(({ ticket }) => ticket.number === command.number && !ticket.test)?.ticket
      if (ticket) sound.say([speechWords[settings.value.language].order(numberOf(ticket))])
      bump(ticket, 'ready')
    },
  })
  return { notice, ring: moves.ring, sending: moves.sending, cursor: cursor.key, voice: voice.state }
}
