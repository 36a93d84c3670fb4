import { z } from 'zod'
import { cursorText, parseCursor } from '#shared/live/streams'
import { Rejected } from '#shared/order/rejections'
import { serveSse } from '~/server/live/transports/sse'
import { streamParams } from '~/server/utils/params'
import { openStream } from '~/server/live/open-stream'

const query = z.object({ after: cursorText.optional() })

/**
 * The stream's live tail as Server-Sent Events. `Last-Event-ID` wins over `?after=`: it is what a browser sends when it
 * comes back.
 */
export default defineApi(async (event, app) => {
  if (app.life.phase === 'draining') throw new Rejected('server.draining')
  const session = await readSession(event)
  const { stream } = readParams(event, streamParams)
  const { after } = parseAs(query, getQuery(event))
  const last = getRequestHeader(event, 'last-event-id')
  const opened = await app.store.read((tx) => openStream(tx, stream, session))
  const cursor = (last ? parseCursor(last) : null) ?? (after ? parseCursor(after) : null)
  // 204 tells a browser not to come back.
  if (cursor && last && (await app.store.read((tx) => opened.kind.isOver(tx, opened, cursor.position))))
    return sendNoContent(event)
  const line = app.connections.pickUp(session, requestAddress(event, app))
  if (!line) throw new Rejected('server.limit', { retryAfter: 5 })
  event._handled = true
  await serveSse({
    connections: app.connections,
    request: event.node.req,
    response: event.node.res,
    session,
    stream: opened,
    after: cursor,
    line,
  })
})
