import { z } from 'zod'
import { deviceBody, readViewer } from '~/server/utils/viewer'

const body = deviceBody.extend({ position: z.int().min(0) })

/** Proof of display from a kitchen page that has no socket. */
export default defineApi(async (event, { display }) => {
  const { device, position } = await readBodyAs(event, body)
  await display.shown(await readViewer(event, device), position)
  return sendNoContent(event)
})
