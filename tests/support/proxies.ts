import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './postgres.ts'
import { root } from './sources.ts'
import { until } from './until.ts'

interface Kind {
  binary: string
  /** In `deploy/`. */
  file: string
  /** The delivered configuration on another address, and without what only a whole machine has. */
  adapt(text: string, address: string, folder: string): string
  start(file: string, folder: string): string[]
}

const kinds = {
  haproxy: {
    binary: '/usr/sbin/haproxy',
    file: 'haproxy.cfg',
    adapt: (text, address) => text.replace(/bind :80\b/, `bind ${address}`),
    start: (file) => ['-f', file, '-db'],
  },
  nginx: {
    binary: '/usr/sbin/nginx',
    file: 'nginx.conf',
    adapt: (text, address, folder) =>
      text.replace('listen 80;', `listen ${address};`).replace('http {', () => {
        const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        return `http {\naccess_log off;\n${places.map((name) => `${name}_temp_path ${join(folder, name)};`).join('\n')}`
      }),
    start: (file, folder) => [
      '-c',
      file,
      '-p',
      folder,
      '-g',
      `daemon off; pid ${join(folder, 'pid')}; error_log stderr;`,
    ],
  },
  caddy: {
    binary: '/usr/bin/caddy',
    file: 'Caddyfile',
    adapt: (text, address) => `{\n\tadmin off\n}\n${text.replace(':80 {', `http://${address} {`)}`,
    start: (file) => ['run', '--config', file, '--adapter', 'caddyfile'],
  },
} satisfies Record<string, Kind>
export type ProxyName = keyof typeof kinds
export const proxyNames = Object.keys(kinds) as ProxyName[]

/** Why one is missing here; with CI set that is a failure, and never a reason to skip. */
export const noProxy = (name: ProxyName) =>
  existsSync(kinds[name].binary) || process.env.CI ? null : `${name} is not installed: apt-get install ${name}`
export const noHaproxy = noProxy('haproxy')

export interface Proxy {
  url: string
  stop(): Promise<void>
}

/** The configuration that is delivered, with other addresses, in front of nodes of a test. */
export async function startProxy(name: ProxyName, nodes: { port: number }[]): Promise<Proxy> {
  const kind: Kind = kinds[name]
  const folder = mkdtempSync(join(tmpdir(), `comanda-${name}-`))
  const address = `127.0.0.1:${await freePort()}`
  const file = join(folder, kind.file)
  const text = readFileSync(join(root, 'deploy', kind.file), 'utf8').replace(
    /node(\d):3000/g,
    (_, number: string) => `127.0.0.1:${nodes[Number(number) - 1]!.port}`,
  )
  writeFileSync(file, kind.adapt(text, address, folder))
  const child = spawn(kind.binary, kind.start(file, folder), {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (more: string) => (said += more))
  const leave = () => child.kill('SIGTERM')
  process.once('exit', leave)
  const url = `http://${address}`
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`${name} ended. It said:\n${said}`)
    return await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
  }, 20_000)
  return {
    url,
    async stop() {
      const ended = once(child, 'exit')
      // nginx takes its workers along; the others end at once too.
      child.kill('SIGTERM')
      await ended
      process.off('exit', leave)
      rmSync(folder, { recursive: true })
    },
  }
}
