import { newId } from '../ground/ids.ts'
import type { KeptClock } from '../../db/store/log.ts'
import { maxOffMs } from '../ground/trusted-clock.ts'
import type { Context } from '../context.ts'

/** How often it is kept what time it is, ms: so much a crash may lose. */
const keptEveryMs = 60_000

/**
 * Keeps what time is believed, and tells every counter when the machine's clock jumps by more than a minute, and when
 * it is believed again.
 */
export function createClockWatch({
  store,
  commit,
  clock,
  trusted,
}: Pick<Context, 'store' | 'commit' | 'clock' | 'trusted'>) {
  let last: KeptClock | null = null

  async function tell(off: number | null) {
    for (const { id } of await store.read((tx) => tx.pizzerias()))
      await commit(id, async (_tx, append) => {
        await append({
          pizzeria: id,
          id: newId(clock()),
          subject: 'clock',
          version: 0,
          type: 'clock.jumped',
          at: clock(),
          actor: 'system',
          data: { off },
        })
      })
  }

  return {
    /** Goes on from what an earlier process has kept; before anybody is served. */
    async begin() {
      last = await store.read((tx) => tx.keptClock())
      trusted.restore(last)
      await this.look()
    },
    async look() {
      const kept = trusted.kept()
      const before = last?.off ?? null
      const moved = before === null || kept.off === null ? before !== kept.off : Math.abs(kept.off - before) > maxOffMs
      if (!moved && last && Math.abs(kept.at - last.at) < keptEveryMs && kept.boot === last.boot) return
      await store.write(null, (tx) => tx.keepClock(kept))
      if (moved) await tell(kept.off)
      last = kept
    },
  }
}
export type ClockWatch = ReturnType<typeof createClockWatch>

/** Both clocks as staff see them. */
export const viewClock = ({ clock, trusted }: Pick<Context, 'clock' | 'trusted'>) => ({
  now: new Date(clock()).toISOString(),
  believed: new Date(trusted.now()).toISOString(),
  off: trusted.off(),
})
