import { Rejected } from '#shared/order/rejections'
import type { App } from '../app'
import type { Lab } from '../lab/lab'

/** The laboratory; `request.not_found` where there is no demo. */
export function requireLab({ lab }: Pick<App, 'lab'>): Lab {
  if (!lab) throw new Rejected('request.not_found')
  return lab
}
