import { timingSafeEqual } from 'node:crypto'
import type { H3Event } from 'h3'
import { Rejected } from '#shared/order/rejections'
import type { Config } from '../config'

export const operation = defineOperation({
  summary: 'Figures for Prometheus.',
  who: 'operator',
  answers: { 200: 'text/plain' },
})

/**
 * Prometheus' text format; figures only, no names. A pizzeria's orders per hour are its own affair: they are for
 * whoever has the token, and, where none is set, for this machine itself.
 */
export default defineApi(async (event, { config, metrics }) => {
  if (!(config.COMANDA_METRICS_TOKEN ? hasToken(event, config.COMANDA_METRICS_TOKEN) : isDirect(event, config)))
    throw new Rejected('staff.forbidden')
  setResponseHeader(event, 'content-type', metrics.registry.contentType)
  return await metrics.registry.metrics()
})

function hasToken(event: H3Event, token: string) {
  const given = Buffer.from((getRequestHeader(event, 'authorization') ?? '').replace(/^Bearer /, ''))
  const wanted = Buffer.from(token)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

const proxied = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip']
const loopback = /^(?:127\.|::1$|::ffff:127\.)/
const ownName = /^(?:localhost|127\.[\d.]+|\[::1\])(?::\d+)?$/i

/**
 * Whether this machine asks for itself. A proxy on it is told apart by what it adds, or by the name that it passes on;
 * where one is known to stand in front, only the token helps.
 */
const isDirect = (event: H3Event, { COMANDA_PROXIES }: Config) =>
  COMANDA_PROXIES === 0 &&
  loopback.test(event.node.req.socket.remoteAddress ?? '') &&
  ownName.test(getRequestHeader(event, 'host') ?? '') &&
  proxied.every((name) => getRequestHeader(event, name) === undefined)
