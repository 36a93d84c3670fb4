import { pushInput } from '#shared/order/push'
import { subscribe } from '~/server/push/pushes'
import { trackingParams } from '~/server/utils/params'

/** This browser wants to be told when the order is ready. */
export default defineApi(async (event, app) => {
  const { tracking } = readParams(event, trackingParams)
  await subscribe(app, tracking, await readBodyAs(event, pushInput))
  return sendNoContent(event)
})
