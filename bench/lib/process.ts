import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** Clock ticks per second in /proc: 100 on every Linux that Node runs on. */
const ticks = 100

/** CPU time that a process has used so far, user and system, all threads: seconds. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The command's name may contain spaces and brackets, so fields are counted from after it (proc(5): utime 14, stime
  // 15).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticks
}

/** Memory that a process holds in RAM: bytes. */
export function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024
}

export const openFiles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length

/** A child process of ours that writes lines of JSON. */
export interface Talker<Line> {
  child: ChildProcess
  pid: number
  /** The next line that it writes; throws with its errors when it ends instead. */
  next(): Promise<Line>
  stop(): Promise<void>
}

const running = new Set<ChildProcess>()
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')))

/** Runs one of our files as its own process, with one JSON argument; `node`: by another Node.js than this. */
export function startTalker<Line>(
  file: URL,
  argument: unknown = {},
  execArgv: string[] = [],
  node = process.execPath,
): Talker<Line> {
  const child = spawn(node, [...execArgv, file.pathname, JSON.stringify(argument)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', NODE_NO_WARNINGS: '1' },
  })
  running.add(child)
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  const ended = once(child, 'exit').then(() => {
    running.delete(child)
  })
  return {
    child,
    pid: child.pid!,
    async next() {
      const { value, done } = await lines.next()
      if (done) throw new Error(`${file.pathname.split('/').at(-1)} ended without an answer`)
      return JSON.parse(value) as Line
    },
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** For such a child: writes a line. */
export const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
export const argument = <T>() => JSON.parse(process.argv[2] ?? '{}') as T
