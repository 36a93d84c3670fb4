import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { orderBody, postOrder, request } from '../support/orders.ts'
import { startServer } from '../support/server.ts'
import { openSocket } from '../support/socket.ts'
import { openWire } from '../support/wire.ts'

const { server, getAs: get } = await openWire()

describe('the running server', () => {
  it('[SRV-6] tells whether it lives and whether it is ready', async () => {
    expect((await get('/healthz')).body).toEqual({ ok: true })
    expect((await get('/readyz')).body).toMatchObject({ ready: true, reason: null })
  })

  it('[SRV-3] counts what an operator needs, and names nobody', async () => {
    await postOrder(server, orderBody({ total: 950 }))
    const { body, headers } = await request<string>(server, 'GET', '/metrics')
    expect(headers.get('content-type')).toMatch(/^text\/plain/)
    const figures = [
      'orders_total',
      'events_total',
      'connections',
      'commit_to_send_seconds',
      'commit_to_shown_seconds',
      'resumes_total',
      'resyncs_total',
      'holes_total',
      'duplicate_doorbells_total',
      'pulls_total',
      'buffered_bytes',
      'slow_closes_total',
      'refused_upgrades_total',
    ]
    for (const name of [...figures.map((name) => `# TYPE comanda_${name}`), '# TYPE process_cpu_seconds_total'])
      expect(body).toContain(`\n${name}`)
    expect(body).not.toMatch(/Ada|33612345678/)
  })

  it("[STR-4] hides the operator's figures from the outside world behind a proxy", async () => {
    for (const headers of [{ 'x-forwarded-for': '1.2.3.4' }, { forwarded: 'for=1.2.3.4' }] as Record<string, string>[])
      expect((await fetch(`${server.url}/metrics`, { headers })).status).toBe(403)
  })

  it('[ORD-13] survives a request that is not HTTP', async () => {
    const socket = connect(server.port, '127.0.0.1')
    socket.on('error', () => {})
    await new Promise<void>((resolve) => {
      socket.on('close', () => resolve()).end('GET /\0 NONSENSE\r\n\r\n')
      socket.resume()
    })
    expect((await get('/healthz')).status).toBe(200)
  })
})

describe('behind a proxy', () => {
  it("[SRV-5] people are told apart by the proxy's word, whatever they claim themselves", async () => {
    const proxied = await startServer({
      env: { COMANDA_LOG: 'warn', COMANDA_PROXIES: '1', COMANDA_SOCKETS_PER_ADDRESS: '1' },
    })
    const open = async (forwarded: string) => {
      const socket = await openSocket(proxied, { headers: { 'x-forwarded-for': forwarded } })
      socket.hello([{ stream: 'menu:napoli' }])
      return await Promise.race([socket.next('joined').then(() => 'joined'), socket.closed.then(({ code }) => code)])
    }
    expect(await open('1.2.3.4')).toBe('joined')
    expect(await open('9.9.9.9, 1.2.3.4')).toBe(4503)
    expect(await open('1.2.3.5')).toBe('joined')
    await proxied.stop()
  })
})
