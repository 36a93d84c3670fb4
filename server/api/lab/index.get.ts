import { napoli } from '~/db/demo/napoli'
import { requireLab } from '~/server/utils/lab'
import { labView } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'What the laboratory of the demo has.',
  who: 'anyone',
  answers: { 200: labView },
  errors: ['request.not_found'],
})

/** What the laboratory has: where Redis and a Pusher server are real, and whether orders arrive. */
export default defineApi(async (_event, app) => {
  const lab = requireLab(app)
  const { pusher, config, rehearsals } = app
  const carrier = config.COMANDA_CARRIER?.kind === 'pusher'
  return {
    stream: lab.stream,
    redis: lab.hasRedis,
    pusher: carrier ? 'carrier' : pusher ? 'ours' : null,
    key: carrier ? null : (pusher?.app.key ?? null),
    orders: await rehearsals.view(napoli.id),
  }
})
