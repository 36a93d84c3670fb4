import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { maxMenuBytes } from '../../server/menu/editor/input.ts'
import { maxUploadBytes } from '../../server/menu/photos.ts'
import { maxRestBytes } from '../../server/pusher/rest.ts'
import { root } from '../support/sources.ts'

const folder = mkdtempSync(join(tmpdir(), 'comanda-deploy-'))
afterAll(() => rmSync(folder, { recursive: true }))
const text = (name: string) => readFileSync(join(root, 'deploy', name), 'utf8')

function run(tool: string, ...parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(tool, parameters, { encoding: 'utf8', timeout: 20_000 })
  return { status, said: `${stdout}${stderr}` }
}
/** Names of nodes mean nothing on this machine. */
function withAddresses(name: string) {
  const file = join(folder, name)
  writeFileSync(file, text(name).replace(/node(\d):3000/g, '127.0.0.1:300$1'))
  return file
}
const tools = {
  haproxy: { path: '/usr/sbin/haproxy', check: (path: string) => run(path, '-c', '-f', withAddresses('haproxy.cfg')) },
  nginx: {
    path: '/usr/sbin/nginx',
    check: (path: string) => run(path, '-t', '-c', withAddresses('nginx.conf'), '-g', `pid ${join(folder, 'pid')};`),
  },
  caddy: {
    path: '/usr/bin/caddy',
    check: (path: string) => run(path, 'validate', '--config', withAddresses('Caddyfile'), '--adapter', 'caddyfile'),
  },
  'systemd-analyze': { path: '/usr/bin/systemd-analyze', check: checkUnits },
}

/** The units as they are, with a program that exists in the place of the one that will. */
function checkUnits(path: string) {
  const said: string[] = []
  let status = 0
  for (const [name, as] of [['comanda.service'], ['comanda@.service', 'comanda@3001.service']] as const) {
    const file = join(folder, as ?? name)
    writeFileSync(file, text(name).replace('/opt/comanda/node_modules/.bin/node', process.execPath))
    const result = run(path, 'verify', '--man=no', file)
    status ||= result.status ?? 1
    said.push(result.said)
  }
  return { status, said: said.join('') }
}

describe('what is delivered in deploy/', () => {
  it.each(Object.entries(tools))('is accepted by %s, where it is installed', (_, { path, check }) => {
    if (!existsSync(path)) return
    const { status, said } = check(path)
    expect(said).not.toMatch(/unknown|"level":"error"|\[(?:error|emerg|alert)\]/i)
    expect(status, said).toBe(0)
  })

  it('every node of compose.yaml has the same settings, and waits for what it needs', () => {
    const { services, volumes } = parse(text('compose.yaml'), { merge: true }) as {
      services: Record<string, Record<string, unknown> & { environment?: object; depends_on?: object | string[] }>
      volumes: object
    }
    expect(services.node2).toEqual(services.node1)
    expect(services.node3).toEqual(services.node1)
    expect(services.node1).toMatchObject({ read_only: true, cap_drop: ['ALL'] })
    expect(Object.keys(volumes)).toEqual(['postgres', 'caddy'])
    for (const { depends_on: needs = [] } of Object.values(services))
      for (const name of Array.isArray(needs) ? (needs as string[]) : Object.keys(needs))
        expect(services).toHaveProperty(name)
    for (const [, node] of text('Caddyfile').matchAll(/\b(node\d):3000/g)) expect(services).toHaveProperty(node!)
  })

  it('a password of compose.yaml may have any letters: it stands in no address', () => {
    const { services } = parse(text('compose.yaml'), { merge: true }) as {
      services: Record<string, { environment: Record<string, string> }>
    }
    const { DATABASE_URL, PGPASSWORD } = services.node1!.environment
    expect(DATABASE_URL).toBe('postgres://comanda@postgres:5432/comanda')
    expect(PGPASSWORD).toBe(services.postgres!.environment.POSTGRES_PASSWORD)
  })

  it('nginx may open a connection to a node for each of its own', () => {
    const number = (name: string) => Number(new RegExp(`${name} (\\d+);`).exec(text('nginx.conf'))![1])
    expect(number('worker_rlimit_nofile')).toBeGreaterThan(2 * number('worker_connections'))
  })

  it('nginx lets every body through that Comanda reads', () => {
    const [, megabytes] = /client_max_body_size (\d+)m;/.exec(text('nginx.conf'))!
    expect(Number(megabytes) * 1024 * 1024).toBeGreaterThanOrEqual(Math.max(maxMenuBytes, maxUploadBytes, maxRestBytes))
  })

  it('the nodes of one machine have no folder, which the last one to start would take away from the others', () => {
    expect(text('comanda@.service')).not.toContain('StateDirectory')
    expect(text('comanda.service')).toContain('StateDirectory=comanda')
  })

  it.each(['comanda.service', 'comanda@.service'])(
    '%s is started again for as long as its database is away',
    (name) => {
      expect(text(name)).toMatch(/^Restart=always$/m)
      // In [Unit]: elsewhere systemd takes no notice of it, and gives up after five tries in ten seconds.
      expect(text(name).split('[Service]')[0]).toMatch(/^StartLimitIntervalSec=0$/m)
    },
  )

  it.each(['comanda.service', 'comanda@.service'])(
    '%s lets the server ask for the addresses of the machine',
    (name) => {
      const [, families] = /^RestrictAddressFamilies=(.*)$/m.exec(text(name))!
      expect(families!.split(' ').toSorted()).toEqual(['AF_INET', 'AF_INET6', 'AF_NETLINK', 'AF_UNIX'])
    },
  )

  it('the image is built without what git does not know: modules, databases, secrets', () => {
    const lines = (name: string) =>
      readFileSync(join(root, name), 'utf8')
        .split('\n')
        .filter((line) => line && !line.startsWith('#'))
    expect(lines('.dockerignore')).toEqual(expect.arrayContaining(lines('.gitignore')))
  })

  it('the image runs without rights, says whether it is well, and holds only the build', () => {
    const dockerfile = text('Dockerfile')
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '))
    expect(last).toMatch(/^USER node$/m)
    expect(last).toMatch(/^HEALTHCHECK /m)
    // Below the path that the site lies under.
    expect(last).toMatch(/NUXT_APP_BASE_URL .*'readyz'/)
    expect([...last.matchAll(/^COPY .*$/gm)].map(([line]) => line)).toEqual([
      'COPY --from=build --chown=root:root /src/.output ./.output',
    ])
  })
})
