import { Rejected } from '#shared/order/rejections'

/**
 * Prometheus' text format; figures only, no names. A pizzeria's orders per hour are its own affair: nothing for the
 * world behind a proxy.
 */
export default defineApi(async (event, { metrics }) => {
  if (getRequestHeader(event, 'x-forwarded-for') ?? getRequestHeader(event, 'forwarded'))
    throw new Rejected('staff.forbidden')
  setResponseHeader(event, 'content-type', metrics.registry.contentType)
  return await metrics.registry.metrics()
})
