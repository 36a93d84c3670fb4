import { may } from '#shared/staff/may'
import { keepPhoto, maxUploadBytes, photoInput } from '~/server/menu/photos'
import { requireRole } from '~/server/staff/sessions'
import { pizzeriaParams } from '~/server/utils/params'
import { uploadedPhoto } from '~/server/openapi/answers'

/** The smallest picture that there is. */
const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII='

export const operation = defineOperation({
  summary: 'Uploads a picture for a dish, or a logo.',
  who: 'menu.edit',
  params: pizzeriaParams,
  body: photoInput,
  example: { data: dot },
  answers: { 201: uploadedPhoto },
  errors: ['photo.invalid', 'photo.too_many'],
})

export default defineApi(async (event, app) => {
  const { pizzeria } = readParams(event, pizzeriaParams)
  requireRole(await readSession(event), pizzeria, may['menu.edit'])
  const { data } = await readBodyAs(event, photoInput, maxUploadBytes)
  setResponseStatus(event, 201)
  return { photo: await keepPhoto(app, { pizzeria, data }) }
})
