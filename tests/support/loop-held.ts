import { join } from 'node:path'
import type { TestServer } from './server.ts'
import { until } from './until.ts'

/** For `startServer`: the server's event loop is watched from the beginning. */
export const watchLoop = { preload: [join(import.meta.dirname, 'loop-watch.ts')] }

/** How long a server's event loop was held at most, ms. */
export interface LoopHeld {
  /** By the clock on the wall: a busy machine counts too. */
  wallMs: number
  /** In CPU time of the server's main thread. */
  cpuMs: number
}

/** What a server started with `watchLoop` has seen since it was last asked. */
export async function loopHeld(server: Pick<TestServer, 'pid' | 'logs'>): Promise<LoopHeld> {
  const before = answers(server.logs()).length
  process.kill(server.pid, 'SIGUSR2')
  await until(() => answers(server.logs()).length > before)
  return answers(server.logs()).at(-1)!
}

const answers = (said: string): LoopHeld[] =>
  [...said.matchAll(/^\{"loopHeld":(\{.*?\})\}$/gm)].map(([, figures]) => JSON.parse(figures!) as LoopHeld)
