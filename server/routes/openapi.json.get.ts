import { setImmediate } from 'node:timers/promises'
import { files } from '#operations'
import { writeDocument, type Described, type OpenApi } from '~/server/openapi/document'
import { routeOf } from '~/server/openapi/route'
import { anyJson } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'This document: OpenAPI 3.1 of every address.',
  who: 'anyone',
  answers: { 200: anyJson },
})

let written: Promise<OpenApi> | undefined

/** Written at the first request, and the same for as long as the process lives. */
export default defineApi(async (event) => {
  setResponseHeader(event, 'cache-control', 'public, max-age=300')
  return await (written ??= write(useRuntimeConfig().app.baseURL))
})

async function write(base: string) {
  const described: Described[] = []
  for (const { file, load } of files) {
    const route = routeOf(file)
    const { operation } = await load()
    if (route && operation) described.push({ ...route, operation })
  }
  return await writeDocument(described, base, setImmediate)
}
