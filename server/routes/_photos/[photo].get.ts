import { z } from 'zod'
import { photo } from '#shared/menu/menu'
import { Rejected } from '#shared/order/rejections'
import { photoTypes, type PhotoKind } from '~/server/menu/photos'

const params = z.object({ photo })

export const operation = defineOperation({
  summary: 'An uploaded picture, which never changes under its address.',
  who: 'anyone',
  params,
  answers: { 200: Object.values(photoTypes) },
  errors: ['request.not_found'],
})

/** Whatever was uploaded is shown as the picture it is, and runs nowhere. */
export default defineApi(async (event, { store }) => {
  const { photo: id } = readParams(event, params)
  const data = await store.read((tx) => tx.photo(id))
  if (!data) throw new Rejected('request.not_found')
  setResponseHeaders(event, {
    'content-type': photoTypes[id.slice(id.lastIndexOf('.') + 1) as PhotoKind],
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  })
  return Buffer.from(data, 'base64')
})
