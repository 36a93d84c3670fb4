import type { Ref } from 'vue'
import { numberOf } from '#shared/order/number'
import type { OrderState } from '#shared/order/order'
import type { ScreenSettings } from '#shared/kitchen/screen-settings'
import type { Action, Teachable } from '#shared/kitchen/keys'
import type { Ticket } from '#shared/order/views'
import type { UndoWindow } from '#shared/kitchen/undo-window'
import { findMove } from '#shared/order/moves'
import { speechWords } from '#shared/kitchen/speech-words'
import { isCancelled } from '#shared/kitchen/ticket'
import type { KitchenBoard } from '~/composables/kitchen/board/useKitchenBoard'
import type { KitchenEars } from '~/composables/kitchen/ears/useKitchenEars'
import { useCursor } from '~/composables/kitchen/hands/useCursor'
import { useKeys } from '~/composables/kitchen/hands/useKeys'
import { useMoves, type Notice } from '~/composables/kitchen/hands/useMoves'
import { useSpokenCommands, type Listening } from '~/composables/kitchen/hands/useSpokenCommands'
import type { useKitchenStore } from '~/stores/kitchen'

/** The organ that acts: keys, pedal, spoken commands, and the steps that they ask for. */
export interface KitchenHands {
  /** The answer to the last action, in a line, for 4 s. */
  notice: Readonly<Ref<Notice | null>>
  /** Steps that can still be taken back. */
  undoable: Readonly<Ref<UndoWindow>>
  /** Steps on their way to the server, by order. */
  sending: Readonly<Ref<Readonly<Record<string, OrderState>>>>
  /** Key of the slip that "done" is about. */
  cursor: Readonly<Ref<string | null>>
  listening: Readonly<Ref<Listening>>
}

const noticeMs = 4_000

/** What hands full of dough can do: every action by a key, each answered by a tone and a line on the screen. */
export function useKitchenHands({
  store,
  board,
  ears,
  settings,
  keys,
  isFree,
  openSetup,
}: {
  store: ReturnType<typeof useKitchenStore>
  board: KitchenBoard
  ears: KitchenEars
  settings: Readonly<Ref<ScreenSettings>>
  keys: Readonly<Ref<Readonly<Record<string, Teachable>>>>
  /** False while somebody types in a form. */
  isFree: () => boolean
  openSetup: () => void
}): KitchenHands {
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

  const moves = useMoves({ tickets: toRef(store, 'tickets'), put: store.put, notify })
  const cursor = useCursor({ board, isBusy: (id) => moves.undoable.value.pending.some((one) => one.id === id) })

  function bump(ticket: Ticket | undefined, to: OrderState) {
    if (!ticket) return notify({ name: 'nothing', number: '' })
    if (isCancelled(ticket)) {
      ears.play('done')
      return board.dismiss(ticket)
    }
    const whole = store.tickets[ticket.id] ?? ticket
    if (!findMove(whole.state, to)) return notify({ name: 'refused', number: numberOf(ticket) })
    ears.play('done')
    const { station } = board.duty.value
    moves.move(whole, to, to === 'ready' && station !== 'all' ? station : undefined)
  }

  function act(asked: Action) {
    switch (asked.name) {
      case 'bump':
        return bump(board.hung.value[asked.tile - 1]?.ticket, 'ready')
      case 'next':
        return void (cursor.next(), ears.play('tick'))
      case 'done':
        return bump(cursor.ticket.value, 'ready')
      case 'oven':
        return bump(cursor.ticket.value, 'baking')
      case 'undo':
        return void (ears.play('undo'), moves.takeBack())
      case 'repeat':
        return ears.repeat(cursor.chosen.value ?? null)
      case 'forward':
      case 'back':
        return board.turn(asked.name)
      case 'setup':
        return openSetup()
      default:
        return asked satisfies never
    }
  }
  useKeys({ keys: () => keys.value, act, isFree })

  const listening = useSpokenCommands({
    enabled: () => settings.value.voiceCommands,
    language: () => settings.value.language,
    speaking: () => ears.speaking.value,
    heard(command) {
      if (command.name !== 'ready') return act({ name: command.name })
      const ticket = board.hung.value.find(({ ticket }) => ticket.number === command.number && !ticket.test)?.ticket
      if (ticket) ears.say([speechWords[settings.value.language].order(numberOf(ticket))])
      bump(ticket, 'ready')
    },
  })
  return { notice, undoable: moves.undoable, sending: moves.sending, cursor: cursor.key, listening }
}
