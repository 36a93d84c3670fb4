import { Rejected } from '#shared/order/rejections'

export default defineApi(async () => {
  throw new Rejected('request.not_found')
})
