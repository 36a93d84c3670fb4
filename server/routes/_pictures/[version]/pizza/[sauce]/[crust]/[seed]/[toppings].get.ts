import { pizzaSvg } from '#shared/drawing/svg'
import { pizzaPicture, sendPicture } from '~/server/answers/pictures'

export const operation = defineOperation({
  summary: 'The picture of a pizza; its address says what lies on it.',
  who: 'anyone',
  params: pizzaPicture,
  answers: { 200: 'image/svg+xml' },
})

/** The picture of a pizza; its address says what lies on it. */
export default defineApi(async (event) => {
  const { version, ...pizza } = readParams(event, pizzaPicture)
  const fresh = version === useRuntimeConfig(event).public.drawings
  return await sendPicture(event, JSON.stringify(pizza), { fresh, draw: () => pizzaSvg(pizza) })
})
