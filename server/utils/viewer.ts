import type { H3Event } from 'h3'
import { z } from 'zod'
import { Rejected } from '#shared/order/rejections'
import type { Viewer } from '../live/display'
import { useApp } from '../app'
import { streamParams } from './params'
import { openStream } from '../live/open-stream'

export const deviceBody = z.object({ device: z.string().regex(/^[\w-]{8,64}$/) })

/** The viewer that shows a kitchen's orders: somebody who may open its stream, on a device. */
export async function readViewer(event: H3Event, device: string): Promise<Viewer> {
  const { store } = await useApp()
  const session = await readSession(event)
  const { stream } = readParams(event, streamParams)
  const opened = await store.read((tx) => openStream(tx, stream, session))
  if (!opened.kind.provesDisplay) throw new Rejected('staff.forbidden')
  return { pizzeria: opened.pizzeria, device, session: session! }
}
