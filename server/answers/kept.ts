import { appendResponseHeader, getRequestHeader, setResponseHeader, setResponseHeaders, type H3Event } from 'h3'
import { compress, isHarder, unpackBrotli, type Effort } from './compress.ts'
import type { Coding } from './encoding.ts'
import { answeredBefore } from './not-modified.ts'
import { etagOf } from './validators.ts'

/**
 * With which answer a text is packed anew, and smaller: 0.1 s for a page, and a second once it is popular, beside the
 * event loop.
 */
const packedAnew = new Map<number, Effort>([
  [1, 'kept'],
  [20, 'many'],
])

/** A text that is sent to many: it is packed once for each coding, quickly at first, and smaller later. */
export interface KeptText {
  readonly type: string
  readonly etag: string
  /** Its bytes in a coding; null as they are. */
  bytes(coding: Coding | null): Promise<Buffer>
  /**
   * Keeps it packed alone, in a seventh of the room: few ask for it as it is, and for them it is unpacked each time
   * (1 ms). Returns about how many bytes that takes, with the gzip of those who cannot read brotli.
   */
  shrink(): Promise<number>
}

interface Packed {
  /** How often it was sent. */ asked: number
  bytes: Promise<Buffer>
}

/**
 * Keeps a text with its validator. `type` is its media type, `effort` how hard it is packed for the first who asks: a
 * small one need not be packed quickly.
 */
export function keepText(text: string, type: string, effort: Effort = 'once'): KeptText {
  const etag = etagOf(text)
  let plain: Buffer | null = Buffer.from(text)
  const packed = new Map<Coding, Packed>()

  const asItIs = async () => plain ?? (await unpackBrotli(await packedAs('br').bytes))
  const packNow = async (coding: Coding, how: Effort) => await compress(await asItIs(), coding, how)
  function packedAs(coding: Coding): Packed {
    const known = packed.get(coding) ?? { asked: 0, bytes: packNow(coding, effort) }
    packed.set(coding, known)
    return known
  }
  function pack(coding: Coding) {
    const known = packedAs(coding)
    const { bytes } = known
    const harder = packedAnew.get(++known.asked)
    if (harder && isHarder(harder, effort))
      void packNow(coding, harder).then((smaller) => {
        known.bytes = Promise.resolve(smaller)
      })
    return bytes
  }
  return {
    type,
    etag,
    bytes: async (coding) => await (coding ? pack(coding) : asItIs()),
    async shrink() {
      const { length } = await packedAs('br').bytes
      plain = null
      return 2 * length
    },
  }
}

/** Answers with a kept text, or with a 304 for whoever has it. */
export async function sendKept(event: H3Event, { type, etag, bytes }: KeptText) {
  setResponseHeaders(event, { 'content-type': type, etag })
  appendResponseHeader(event, 'vary', 'Accept-Encoding')
  if (answeredBefore(event)) return null
  // As chosen from the reader's weights (server/plugins/answers.ts).
  const coding = (getRequestHeader(event, 'accept-encoding') || null) as Coding | null
  if (coding) setResponseHeader(event, 'content-encoding', coding)
  return await bytes(coding)
}
