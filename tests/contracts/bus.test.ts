import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { createClient } from 'redis'
import { describe } from 'vitest'
import { createRoom } from '../../server/bus/local.ts'
import { openNotify } from '../../server/bus/postgres.ts'
import { openRedis } from '../../server/bus/redis.ts'
import { noPostgres, startCluster } from '../support/postgres.ts'
import { noRedis, startRedis, type RedisServer } from '../support/redis.ts'
import { busSuite, frailBusSuite, type FrailSubject } from './bus-suite.ts'

for (const why of [noPostgres, noRedis]) if (why) console.warn(why)

busSuite('nothing but this process', async () => {
  const open = createRoom()
  return {
    open,
    async shout(channel, text) {
      const carrier = open(channel, () => {})
      await carrier.send(text)
      await carrier.close()
    },
    dispose: async () => {},
  }
})

/** What can be done to a Redis. */
const troubleOf = (server: RedisServer): FrailSubject['trouble'] => ({
  kill: () => server.kill('SIGKILL'),
  freeze: () => void process.kill(server.pid(), 'SIGSTOP'),
  async heal() {
    try {
      process.kill(server.pid(), 'SIGCONT')
    } catch {
      await server.start()
    }
  },
})

describe.skipIf(noRedis)('on Redis', () => {
  frailBusSuite('Redis', async () => {
    const server = await startRedis()
    return {
      open: openRedis(server.url),
      async shout(channel, text) {
        const client = await createClient({ url: server.url }).connect()
        await client.publish(channel, text)
        client.destroy()
      },
      trouble: troubleOf(server),
      dispose: () => server.dispose(),
    }
  })

  frailBusSuite('a cluster of Redis', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'comanda-redis-'))
    const server = await startRedis(['--cluster-enabled', 'yes', '--dir', folder])
    const admin = createClient({ url: server.url })
    admin.on('error', () => {})
    await admin.connect()
    await admin.sendCommand(['CLUSTER', 'ADDSLOTSRANGE', '0', '16383'])
    return {
      open: openRedis(server.url),
      async shout(channel, text) {
        await admin.sendCommand(['SPUBLISH', channel, text])
      },
      trouble: troubleOf(server),
      async dispose() {
        admin.destroy()
        await server.dispose()
        rmSync(folder, { recursive: true })
      },
    }
  })
})

describe.skipIf(noPostgres)('on PostgreSQL', () => {
  frailBusSuite('PostgreSQL', async () => {
    const cluster = await startCluster()
    const url = await cluster.createDatabase('bus')
    return {
      open: openNotify(url),
      async shout(channel, text) {
        const client = new pg.Client({ connectionString: url })
        await client.connect()
        await client.query('SELECT pg_notify($1, $2)', [channel, text])
        await client.end()
      },
      trouble: {
        kill: () => cluster.kill('SIGQUIT'),
        freeze: () => cluster.signal('SIGSTOP'),
        async heal() {
          if (cluster.running()) cluster.signal('SIGCONT')
          else await cluster.start()
        },
      },
      dispose: () => cluster.dispose(),
    }
  })
})
