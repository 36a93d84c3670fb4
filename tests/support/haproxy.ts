import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './postgres.ts'
import { root } from './sources.ts'
import { until } from './until.ts'

const binary = '/usr/sbin/haproxy'
/** Why there is no HAProxy here; with CI set that is a failure, and never a reason to skip. */
export const noHaproxy =
  existsSync(binary) || process.env.CI ? null : 'HAProxy is not installed: apt-get install haproxy'

/** The configuration that is delivered, with other addresses, in front of nodes of a test. */
export async function startHaproxy(nodes: { port: number }[]) {
  const folder = mkdtempSync(join(tmpdir(), 'comanda-haproxy-'))
  const port = await freePort()
  const file = join(folder, 'haproxy.cfg')
  const text = readFileSync(join(root, 'deploy/haproxy.cfg'), 'utf8')
    .replace(/bind :80\b/, `bind 127.0.0.1:${port}`)
    .replace(/node(\d):3000/g, (_, number: string) => `127.0.0.1:${nodes[Number(number) - 1]!.port}`)
  writeFileSync(file, text)
  const child = spawn(binary, ['-f', file, '-db'], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (more: string) => (said += more))
  const leave = () => child.kill('SIGKILL')
  process.once('exit', leave)
  const url = `http://127.0.0.1:${port}`
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`HAProxy ended. It said:\n${said}`)
    return await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
  }, 20_000)
  return {
    url,
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
      process.off('exit', leave)
      rmSync(folder, { recursive: true })
    },
  }
}
