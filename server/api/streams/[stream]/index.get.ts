import { createHash } from 'node:crypto'
import { streamParams } from '~/server/utils/params'
import { takeSnapshot } from '~/server/live/take-snapshot'
import { openStream } from '~/server/live/open-stream'

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
  // Time alone changes a state too: a pause ends, a kitchen closes, a ticket leaves.
  const state = createHash('sha256').update(JSON.stringify(snapshot.state)).digest('base64url').slice(0, 16)
  setResponseHeader(event, 'etag', `W/"${snapshot.epoch}:${snapshot.position}:${snapshot.build}:${state}"`)
  return snapshot
})
