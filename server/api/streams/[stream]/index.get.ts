import { createHash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import type { Snapshot } from '#shared/live/messages'
import { streamParams } from '~/server/utils/params'
import { takeSnapshot } from '~/server/live/take-snapshot'
import { openStream } from '~/server/live/open-stream'
import { snapshot } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: "A stream's state, and the position that it is true at.",
  who: 'stream',
  params: streamParams,
  answers: { 200: snapshot },
})

/** The stream's state and the position it is true at. */
export default defineApi(async (event, { store, clock, build }) => {
  const session = await readSession(event)
  const { stream } = readParams(event, streamParams)
  const { isPublic, snapshot } = await store.read(async (tx) => {
    const opened = await openStream(tx, stream, session)
    return { isPublic: opened.kind.isPublic, snapshot: await takeSnapshot(tx, opened, clock(), build) }
  })
  // People's data is kept by nobody, not even on their own disk.
  setResponseHeader(event, 'cache-control', isPublic ? 'private, no-cache' : 'private, no-store')
  // A thousand orders are read and written in two turns of the event loop, so that nobody else waits for both.
  await turn()
  const { state, ...about } = snapshot
  const text = JSON.stringify(state)
  // Time alone changes a state too: a pause ends, a kitchen closes, a ticket leaves.
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 16)
  setResponseHeader(event, 'etag', `W/"${about.epoch}:${about.position}:${about.build}:${hash}"`)
  setResponseHeader(event, 'content-type', 'application/json')
  // Written once: the snapshot as JSON.
  return `${JSON.stringify(about).slice(0, -1)},"state":${text}}` as unknown as Snapshot
})
