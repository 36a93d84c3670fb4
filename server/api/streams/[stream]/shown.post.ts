import { shownBody } from '#shared/live/messages'
import { deviceBody, readViewer } from '~/server/utils/viewer'

const body = deviceBody.extend(shownBody.shape)

export const operation = defineOperation({
  summary: 'Proof of display from a kitchen page that has no socket.',
  who: 'stream',
  params: streamParams,
  body,
  example: { device: 'device-of-the-oven', position: 0 },
  answers: { 204: null },
})

/** Proof of display from a kitchen page that has no socket. */
export default defineApi(async (event, { display }) => {
  const { device, ...painted } = await readBodyAs(event, body)
  await display.shown(await readViewer(event, device), painted)
  return sendNoContent(event)
})
