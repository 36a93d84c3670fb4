import { setTimeout as wait } from 'node:timers/promises'
import { argument, residentBytes, say } from './lib/process.ts'
import { subscribeAll, type Target } from './lib/subscriber.ts'

/** Connects everybody to a server that has just started, and reports its memory before and after (bytes). */
export interface MemoryLoad extends Target {
  pid: number
  clients: number
}
export interface MemoryResult {
  before: number
  after: number
}

const load = argument<MemoryLoad>()
const before = residentBytes(load.pid)
await subscribeAll(load, load.clients, () => {})
// By now, what connecting took has been given back, if it ever will be.
await wait(2000)
say({ before, after: residentBytes(load.pid) } satisfies MemoryResult)
process.exit(0)
