import { health } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'Whether the process lives.',
  who: 'anyone',
  answers: { 200: health },
})

/** 200 while the process lives. */
export default defineEventHandler(() => ({ ok: true }))
