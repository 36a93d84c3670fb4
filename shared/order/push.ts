import { z } from 'zod'
import { someText } from '../text-input.ts'

/** How many devices one order tells: the customer's, and those the link was shared with. */
export const maxPushes = 3

/** So many bytes; a browser writes no padding, older libraries did. */
const base64url = (bytes: number) => z.string().regex(new RegExp(`^[\\w-]{${Math.ceil((bytes * 4) / 3)}}={0,2}$`))

/** One spelling for each address, so that a browser is told once; what follows the # is never sent to the service. */
const endpoint = z
  .url({ protocol: /^https?$/, normalize: true })
  .overwrite((url) => url.split('#', 1)[0]!)
  .max(1000)

/**
 * What a browser's `PushSubscription` says of itself (Push API, `toJSON`), and the words to be shown: in the language
 * of the page, which the server does not speak.
 */
export const pushInput = z.object({
  endpoint,
  keys: z.object({ p256dh: base64url(65), auth: base64url(16) }),
  words: z.object({ title: someText(100), body: someText(200) }),
})
export type PushInput = z.infer<typeof pushInput>
