/** Prometheus' text format; figures only, no names. */
export default defineApi(async (event, { metrics }) => {
  setResponseHeader(event, 'content-type', metrics.registry.contentType)
  return await metrics.registry.metrics()
})
