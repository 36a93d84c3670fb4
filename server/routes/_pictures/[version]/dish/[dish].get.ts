import { dishSvg } from '#shared/drawing/svg'
import { dishPicture, sendPicture } from '~/server/answers/pictures'

/** The picture of a dish that is no pizza. */
export default defineApi(async (event) => {
  const { version, dish } = readParams(event, dishPicture)
  const fresh = version === useRuntimeConfig(event).public.drawings
  return await sendPicture(event, dish, { fresh, draw: () => dishSvg(dish) })
})
