import { Rejected } from '#shared/order/rejections'
import { wayTo } from '~/server/carrier/way'
import { openStream } from '~/server/live/open-stream'
import { streamParams } from '~/server/utils/params'
import { carrierWay } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'The way to this stream over the foreign carrier.',
  who: 'stream',
  params: streamParams,
  answers: { 200: carrierWay },
  errors: ['request.not_found'],
})

/** The way to this stream over the foreign carrier, for whoever may open it. */
export default defineApi(async (event, { config, store, clock }) => {
  const carrier = config.COMANDA_CARRIER
  if (!carrier) throw new Rejected('request.not_found')
  const session = await readSession(event)
  const { stream } = readParams(event, streamParams)
  return await store.read(async (tx) => wayTo(tx, carrier, await openStream(tx, stream, session), clock()))
})
