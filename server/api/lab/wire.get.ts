import { requireLab } from '~/server/utils/lab'
import { Rejected } from '#shared/order/rejections'

export const operation = defineOperation({
  summary: 'What is published without a log, as Server-Sent Events: for the naive lanes of the laboratory.',
  who: 'anyone',
  answers: { 200: 'text/event-stream' },
  errors: ['request.not_found', 'server.draining', 'server.limit'],
})

/** More waits for nobody: whoever does not read is let go (bytes). */
const maxWaitingBytes = 256 * 1024

/** What is published, to whoever listens; nobody is told what went by before, or while they were away. */
export default defineApi(async (event, app) => {
  const lab = requireLab(app)
  const { connections, budgets, life } = app
  if (life.phase === 'draining') throw new Rejected('server.draining')
  const line = connections.pickUp(null, requestAddress(event, app))
  if (!line) throw new Rejected('server.limit', { retryAfter: 5 })
  event._handled = true
  const { req: request, res: response } = event.node
  const end = () => void response.end()
  const place = connections.adopt({ sessions: () => [], revoke: end, tick: () => {}, drain: end })
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  })
  response.write('retry: 1000\n: ok\n\n')
  const leave = lab.follow((message) => {
    if (response.writableLength > maxWaitingBytes) return response.destroy()
    response.write(`data: ${JSON.stringify(message)}\n\n`)
  })
  await new Promise<void>((resolve) => request.once('close', resolve))
  leave()
  place.leave()
  if (line.by) budgets.hangUp(line.by)
})
