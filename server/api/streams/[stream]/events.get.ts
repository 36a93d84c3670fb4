import { z } from 'zod'
import { cursorText, parseCursor } from '#shared/live/streams'
import { eventsAfter } from '~/server/live/catch-up'
import { streamParams } from '~/server/utils/params'
import { eventPage } from '~/server/openapi/answers'

const query = z.object({ after: cursorText })

export const operation = defineOperation({
  summary: 'The events after a cursor.',
  who: 'stream',
  params: streamParams,
  query,
  answers: { 200: eventPage },
  errors: ['stream.cursor'],
})

/** The events after a cursor; 410 with a reason when it cannot be used. */
export default defineApi(async (event, app) => {
  const session = await readSession(event)
  const { stream } = readParams(event, streamParams)
  const { after } = parseAs(query, getQuery(event))
  setResponseHeader(event, 'cache-control', 'no-store')
  const by = app.budgets.who('address', requestAddress(event, app))
  const mayReplay = session ? undefined : (events: number) => app.budgets.mayReplay(by, events)
  const page = await eventsAfter(app, { stream, session, after: parseCursor(after)!, mayReplay })
  return { ...page, now: new Date(app.clock()).toISOString(), build: app.build }
})
