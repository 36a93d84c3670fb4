import { screenReport } from '#shared/order/views'
import { deviceBody, readViewer } from '~/server/utils/viewer'

const body = screenReport.extend(deviceBody.shape)

export const operation = defineOperation({
  summary: 'How a kitchen screen is, from a page that has no socket.',
  who: 'stream',
  params: streamParams,
  body,
  example: { device: 'device-of-the-oven' },
  answers: { 204: null },
})

/** A kitchen screen's health, from a page that has no socket. */
export default defineApi(async (event, { display }) => {
  const { device, ...report } = await readBodyAs(event, body)
  await display.report(await readViewer(event, device), report)
  return sendNoContent(event)
})
