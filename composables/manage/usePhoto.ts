import { sendCommand } from '~/composables/useCommand'
import { useFailureText } from '~/composables/manage/useFailureText'

/** The longer side of what is kept, px: a card shows 240 of them, twice as many on a good screen. */
const maxSide = 800

/**
 * Draws a picture anew, small: what a camera wrote beside it (where and when it was taken) does not come along. Null
 * for a file that this browser cannot read as a picture.
 */
async function shrink(file: Blob): Promise<Blob | null> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (!picture) return null
  const scale = Math.min(1, maxSide / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  // Safari writes no WebP, and answers with a PNG, which keeps what is transparent.
  return await new Promise((resolve) => canvas.toBlob(resolve, 'image/webp', 0.82))
}

async function toBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text)
}

/** Uploads pictures, made small first. `trouble`: why the last one was not taken, in words. */
export function usePhoto(pizzeria: string) {
  const failureText = useFailureText()
  const { t } = useI18n()
  const trouble = ref('')
  const isBusy = ref(false)
  /** The id of the picture; null when it was not taken. */
  async function upload(file: Blob): Promise<string | null> {
    trouble.value = ''
    isBusy.value = true
    const small = await shrink(file)
    const result =
      small &&
      (await sendCommand<{ photo: string }>(`/api/pizzerias/${pizzeria}/photos`, {
        method: 'POST',
        body: { data: await toBase64(small) },
        tries: 2,
        timeout: 20_000,
      }))
    isBusy.value = false
    if (result?.name === 'done') return result.data.photo
    trouble.value = result ? failureText(result) : t('errors.photo.invalid')
    return null
  }
  return { trouble, isBusy, upload }
}
