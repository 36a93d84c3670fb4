import { dishSvg } from '#shared/drawing/dish-svg'
import { dishPicture, sendPicture } from '~/server/answers/pictures'

export const operation = defineOperation({
  summary: 'The picture of a dish that is no pizza.',
  who: 'anyone',
  params: dishPicture,
  answers: { 200: 'image/svg+xml' },
})

/** The picture of a dish that is no pizza. */
export default defineApi(async (event) => {
  const { version, dish } = readParams(event, dishPicture)
  const fresh = version === useRuntimeConfig(event).public.drawings
  return await sendPicture(event, dish, { fresh, draw: () => dishSvg(dish) })
})
