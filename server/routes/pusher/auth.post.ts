import { z } from 'zod'
import { cursorText } from '#shared/live/streams'
import { authoriseAtCarrier } from '~/server/carrier/way'
import { authorise } from '~/server/pusher/authorise'
import { requireSigner } from '~/server/utils/pusher'
import { channelGrant } from '~/server/openapi/answers'

const body = z.object({
  socket_id: z.string().regex(/^\d{1,20}\.\d{1,20}$/),
  channel_name: z.string().max(200),
  /** Of `private-order.…`: the name of the channel is no key. */
  tracking: z.string().max(64).optional(),
  /** The cursor to go on from; stock clients send an empty one when they have none. */
  after: z.union([cursorText, z.literal('')]).optional(),
  /** Anything: the signature is meant for the foreign carrier, where there are both. */
  carrier: z.string().max(10).optional(),
})

export const operation = defineOperation({
  summary: 'Signs a subscription for whoever may open the stream.',
  who: 'stream',
  body,
  example: { socket_id: '1.1', channel_name: 'private-kitchen.napoli' },
  answers: { 200: channelGrant },
  errors: ['request.not_found'],
})

/** Signs a subscription for whoever may open the stream that the channel shows. */
export default defineApi(async (event, app) => {
  const { ours, carrier } = requireSigner(app)
  const session = await readSession(event)
  const asked = await readFormAs(event, body)
  setResponseHeader(event, 'cache-control', 'no-store')
  return await app.store.read((tx) =>
    carrier && (asked.carrier !== undefined || !ours)
      ? authoriseAtCarrier(tx, carrier, session, asked, app.clock())
      : authorise(tx, ours!, session, asked),
  )
})
