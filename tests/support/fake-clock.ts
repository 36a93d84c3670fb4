interface Timer {
  at: number
  order: number
  run: () => void
}

/** Lets every promise that can settle do so. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Time that passes only when a test says so; promises settle between one timer and the next. */
export function createFakeClock(start = Date.parse('2026-11-20T18:00:00Z')) {
  let now = start
  let order = 0
  const timers = new Set<Timer>()
  const next = () =>
    [...timers].reduce<Timer | null>(
      (first, timer) =>
        !first || timer.at < first.at || (timer.at === first.at && timer.order < first.order) ? timer : first,
      null,
    )

  return {
    now: () => now,
    pending: () => timers.size,
    setTimer(run: () => void, ms: number): Timer {
      const timer = { at: now + Math.max(0, ms), order: order++, run }
      timers.add(timer)
      return timer
    },
    clearTimer: (timer: unknown) => void timers.delete(timer as Timer),
    async advance(ms: number) {
      const end = now + ms
      await settled()
      for (let timer = next(); timer && timer.at <= end; timer = next()) {
        timers.delete(timer)
        now = Math.max(now, timer.at)
        timer.run()
        await settled()
      }
      now = Math.max(now, end)
    },
    /** A machine that sleeps: the time passes and no timer runs. They all run late, with the next `advance`. */
    sleep(ms: number) {
      now += ms
    },
  }
}
export type FakeClock = ReturnType<typeof createFakeClock>
