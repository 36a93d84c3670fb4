import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Context } from '../context.ts'

/** A phone's photo made small in the browser has about 60 kB. */
const maxPhotoBytes = 400 * 1024
/** More than any menu has dishes, and some 60 MB at worst as they usually are. */
const maxPhotos = 1200
/** A photo that nothing shows is kept for as long as a draft may lie on some device, ms. */
const unusedKeptMs = 30 * 86_400_000

/** The body of an upload: base64. */
export const photoInput = z.strictObject({ data: z.base64().max(Math.ceil(maxPhotoBytes / 3) * 4) })
export const maxUploadBytes = 600 * 1024

/** The media types of what is kept, by the endings of their ids. */
export const photoTypes = { webp: 'image/webp', jpg: 'image/jpeg', png: 'image/png' } as const
export type PhotoKind = keyof typeof photoTypes

/** What a picture is, by its first bytes; whatever it was called when it was sent says nothing. Null: none of ours. */
export function kindOf(bytes: Uint8Array): PhotoKind | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (head.startsWith('\x89PNG\r\n\x1A\n')) return 'png'
  if (head.startsWith('\xFF\xD8\xFF')) return 'jpg'
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'webp' : null
}

/** Keeps a picture, and answers its id. `photo.invalid` for other bytes, `photo.too_many` where there is no room. */
export async function keepPhoto(
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  { pizzeria, data }: { pizzeria: string; data: string },
): Promise<string> {
  const bytes = Buffer.from(data, 'base64')
  const kind = kindOf(bytes)
  if (!kind || bytes.length > maxPhotoBytes) throw new Rejected('photo.invalid')
  const id = `${createHash('sha256').update(bytes).digest('base64url')}.${kind}`
  await store.write(pizzeria, async (tx) => {
    const isNew = (await tx.photosAmong(pizzeria, [id])).length === 0
    if (isNew && (await tx.countPhotos(pizzeria)) >= maxPhotos) throw new Rejected('photo.too_many')
    await tx.savePhoto({ pizzeria, id, at: clock(), data: bytes.toString('base64') })
  })
  return id
}

/** Deletes old photos that no dish, archived ones included, no plan and no logo shows. */
export async function forgetPhotos({ store, clock }: Pick<Context, 'store' | 'clock'>, pizzeria: string) {
  const old = (tx: { photosBefore(id: string, time: number): Promise<string[]> }) =>
    tx.photosBefore(pizzeria, clock() - unusedKeptMs)
  if ((await store.read(old)).length === 0) return
  await store.write(pizzeria, async (tx) => {
    const [book, plan, shop] = [await tx.menuBook(pizzeria), await tx.plan(pizzeria), await tx.pizzeria(pizzeria)]
    const dishes = [...book.items.map(({ body }) => body), ...(plan ? [...plan.menu.items, ...plan.base.items] : [])]
    const used = new Set([shop?.settings.logo, ...dishes.map(({ photo }) => photo)])
    await tx.dropPhotos(
      pizzeria,
      (await old(tx)).filter((id) => !used.has(id)),
    )
  })
}
