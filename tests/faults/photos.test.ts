import { createHash } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import type { MenuBook } from '../../server/menu/editor/book.ts'
import { codeOf, request, signIn, snapshot } from '../support/orders.ts'
import { startServer } from '../support/server.ts'

const server = await startServer({ env: { COMANDA_LOG: 'warn' } })
afterAll(() => server.stop())
const manager = await signIn(server)
const shop = '/api/pizzerias/napoli'
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
  'base64',
)
const webp = Buffer.concat([Buffer.from('RIFF\x24\0\0\0WEBPVP8 '), Buffer.alloc(40, 7)])
const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(40, 3)])
const upload = (bytes: Buffer, cookie = manager) =>
  request(server, 'POST', `${shop}/photos`, { body: { data: bytes.toString('base64') }, cookie })
const book = async () => (await request<MenuBook>(server, 'GET', `${shop}/menu`, { cookie: manager })).body
const publish = (menu: MenuBook) =>
  request(server, 'PUT', `${shop}/menu`, { body: { ...menu, ifVersion: menu.version }, cookie: manager })
const withPhoto = (menu: MenuBook, photo: string | null): MenuBook => ({
  ...menu,
  items: menu.items.map((item) => (item.id === 'margherita' ? { ...item, photo } : item)),
})

describe('photos', () => {
  it('[MNU-11] are told by their bytes, and served as what they are, for ever and to anybody', async () => {
    for (const [bytes, type, ending] of [
      [png, 'image/png', 'png'],
      [webp, 'image/webp', 'webp'],
      [jpeg, 'image/jpeg', 'jpg'],
    ] as const) {
      const answer = await upload(bytes)
      const hash = createHash('sha256').update(bytes).digest('base64url')
      expect(answer).toMatchObject({ status: 201, body: { photo: `${hash}.${ending}` } })
      // The same again is the same.
      expect((await upload(bytes)).body).toEqual(answer.body)
      const served = await fetch(`${server.url}/_photos/${answer.body.photo}`)
      expect(Buffer.from(await served.arrayBuffer())).toEqual(bytes)
      expect(served.headers.get('content-type')).toBe(type)
      expect(served.headers.get('x-content-type-options')).toBe('nosniff')
      expect(served.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(served.headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(served.headers.get('set-cookie')).toBeNull()
    }
  })

  it('[MNU-11] that are something else, or too large, are refused whatever they are called', async () => {
    for (const text of ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', '<html>', 'GIF89a', '', 'RIFF'])
      expect([text, codeOf(await upload(Buffer.from(text)))]).toEqual([text, '422 photo.invalid'])
    expect(codeOf(await upload(Buffer.concat([png, Buffer.alloc(420 * 1024)])))).toBe('400 request.invalid')
    expect(codeOf(await upload(Buffer.concat([png, Buffer.alloc(900 * 1024)])))).toBe('413 request.too_large')
    expect(codeOf(await request(server, 'POST', `${shop}/photos`, { body: { data: '§' }, cookie: manager }))).toBe(
      '400 request.invalid',
    )
    for (const address of ['nothing.png', `${'a'.repeat(43)}.svg`, `${'a'.repeat(43)}.png`, 'a/b'])
      expect((await fetch(`${server.url}/_photos/${address}`)).status, address).toBeGreaterThanOrEqual(400)
  })

  it('[MNU-11] stand on the menu by their id; one that was never uploaded is refused', async () => {
    const { photo } = (await upload(png)).body as { photo: string }
    expect(codeOf(await publish(withPhoto(await book(), `${'a'.repeat(43)}.png`)))).toBe('422 photo.unknown')
    expect((await publish(withPhoto(await book(), photo))).status).toBe(200)
    const { state } = (await snapshot(server, 'menu:napoli')).body
    expect(state.items.find(({ id }: { id: string }) => id === 'margherita').photo).toBe(photo)
    expect(await (await fetch(`${server.url}/napoli`)).text()).toContain(`/_photos/${photo}`)

    // A CSV file has no column for it, and takes nothing away.
    const csv = await fetch(`${server.url}${shop}/menu/export?format=csv`, { headers: { cookie: manager } })
    const back = await request(server, 'POST', `${shop}/menu/import`, {
      body: { text: await csv.text(), preview: true },
      cookie: manager,
    })
    expect(back.body).toMatchObject({ errors: [], changes: { entries: [] } })
    // A menu of another installation comes without its photos.
    const foreign = withPhoto(await book(), `${'b'.repeat(43)}.webp`)
    const taken = await request(server, 'POST', `${shop}/menu/import`, {
      body: { text: JSON.stringify(foreign) },
      cookie: manager,
    })
    expect(taken.status).toBe(200)
    expect((await book()).items.find(({ id }) => id === 'margherita')!.photo).toBeUndefined()
  })

  it('[MNU-11] [SET-8] a logo and the languages stand in the menu, at once', async () => {
    const { photo } = (await upload(webp)).body as { photo: string }
    const change = (body: object) => request(server, 'PATCH', shop, { body, cookie: manager })
    expect(codeOf(await change({ logo: `${'a'.repeat(43)}.png` }))).toBe('422 photo.unknown')
    expect((await change({ logo: photo, languages: ['it'] })).body).toMatchObject({
      pizzeria: { logo: photo, languages: ['it'] },
      settings: { logo: photo },
    })
    const page = await (await fetch(`${server.url}/napoli`, { headers: { 'accept-language': 'it' } })).text()
    expect(page).toContain(`/_photos/${photo}`)
    expect(page).not.toContain('lang="fr"')
    const copy = { id: 'seconda', name: 'Seconda', pin: '987654' }
    expect((await request(server, 'POST', `${shop}/copies`, { body: copy, cookie: manager })).status).toBe(201)
    expect((await snapshot(server, 'menu:seconda')).body.state.pizzeria.logo).toBe(photo)
    expect((await change({ logo: null, languages: ['fr', 'en', 'it'] })).body.pizzeria.logo).toBeUndefined()
  })
})
