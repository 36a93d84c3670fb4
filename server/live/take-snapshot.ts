import type { Tx } from '../../db/store.ts'
import type { Snapshot } from '../../shared/live/messages.ts'
import type { OpenStream } from './streams/kind.ts'

/** A stream's state and the position at which it is true, from one read transaction. `now` in ms. */
export async function takeSnapshot(tx: Tx, stream: OpenStream, now: number, build: string): Promise<Snapshot> {
  const { state, position } = await stream.kind.snapshot(tx, stream, now)
  return { stream: stream.name, epoch: await tx.epoch(), position, now: new Date(now).toISOString(), build, state }
}
