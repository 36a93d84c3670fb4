import type { Share, Station } from '#shared/order/duty'

export const stationWords: Record<Station, string> = {
  all: 'kitchen.duty.all',
  pizza: 'kitchen.duty.pizza',
  sides: 'kitchen.duty.sides',
}
export const shareWords: Record<Share, string> = {
  all: 'kitchen.duty.allNumbers',
  odd: 'kitchen.duty.odd',
  even: 'kitchen.duty.even',
}
