import type { Audience } from '../../shared/live/streams.ts'
import { board } from './streams/board.ts'
import { counter } from './streams/counter.ts'
import type { StreamKind } from './streams/kind.ts'
import { kitchen } from './streams/kitchen.ts'
import { menu } from './streams/menu.ts'
import { order } from './streams/order.ts'

/** Every kind of stream, by the word that its names begin with. */
export const streamKinds: Record<Audience, StreamKind> = { kitchen, counter, board, menu, order }
