import type { H3Event } from 'h3'
import { z } from 'zod'
import type { CloseCode } from '#shared/live/close-codes'
import { cursorText, parseCursor } from '#shared/live/streams'
import { Rejected } from '#shared/order/rejections'
import { refuseSse, serveSse, sseHeaders } from '~/server/live/transports/sse'
import { streamParams } from '~/server/utils/params'
import { openStream } from '~/server/live/open-stream'

const query = z.object({ after: cursorText.optional(), lastEventId: cursorText.optional() })

export const operation = defineOperation({
  summary: 'The live tail as Server-Sent Events.',
  who: 'stream',
  params: streamParams,
  query: query.pick({ after: true }),
  answers: { 200: 'text/event-stream', 204: null },
  errors: ['server.draining', 'server.limit'],
})

/**
 * The stream's live tail as Server-Sent Events. `Last-Event-ID` wins over `?after=`: it is what a browser sends when it
 * comes back.
 */
export default defineApi(async (event, app) => {
  if (app.life.phase === 'draining') return comeBack(event, new Rejected('server.draining'), 1012)
  const session = await readSession(event)
  const { stream } = readParams(event, streamParams)
  const { after, lastEventId: last } = parseAs(query, {
    after: getQuery(event).after,
    lastEventId: getRequestHeader(event, 'last-event-id') || undefined,
  })
  const opened = await app.store.read((tx) => openStream(tx, stream, session))
  const given = last ?? after
  const cursor = given === undefined ? null : parseCursor(given)
  // 204 tells a browser not to come back.
  if (cursor && last && (await app.store.read((tx) => opened.kind.isOver(tx, opened, cursor.position))))
    return sendNoContent(event)
  // Headers alone are no line.
  if (event.context.isHead) {
    setResponseHeaders(event, sseHeaders)
    return ''
  }
  const line = app.connections.pickUp(session, requestAddress(event, app))
  if (!line) return comeBack(event, new Rejected('server.limit', { retryAfter: 5 }), 4503)
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

/**
 * A refusal that is over soon. A browser's EventSource never comes back after a status that is not 200, and cannot read
 * it either, so it is told in its own words; everybody else gets the status.
 */
function comeBack(event: H3Event, rejected: Rejected, code: CloseCode) {
  if (!getRequestHeader(event, 'accept')?.includes('text/event-stream')) throw rejected
  event._handled = true
  refuseSse(event.node.res, code)
}
