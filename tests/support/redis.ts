import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { freePort } from './postgres.ts'

const found = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'redis-server')))
/** Why there is no Redis here; with CI set that is a failure, and never a reason to skip. */
export const noRedis = found || process.env.CI ? null : 'Redis is not installed here: apt-get install redis-server'

export interface RedisServer {
  url: string
  port: number
  pid(): number
  kill(signal: NodeJS.Signals): Promise<void>
  start(): Promise<void>
  dispose(): Promise<void>
}

/** A throwaway Redis on a free port, that keeps nothing. */
export async function startRedis(more: string[] = []): Promise<RedisServer> {
  const port = await freePort()
  let child: ChildProcess
  const leave = () => child.kill('SIGKILL')

  async function start() {
    child = spawn(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', ...more],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    process.once('exit', leave)
    let said = ''
    await new Promise<void>((resolve, reject) => {
      child.stdout!.setEncoding('utf8').on('data', (text: string) => {
        said += text
        if (said.includes('Ready to accept connections')) resolve()
      })
      child.once('exit', () => reject(new Error(`Redis ended. It said:\n${said}`)))
    })
  }
  async function kill(signal: NodeJS.Signals) {
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
    process.off('exit', leave)
  }

  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    pid: () => child.pid!,
    kill,
    start,
    async dispose() {
      if (child.exitCode === null && child.signalCode === null) await kill('SIGKILL')
    },
  }
}
