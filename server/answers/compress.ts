import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants, gzip } from 'node:zlib'
import type { Coding } from './encoding.ts'

const brotliAsync = promisify(brotliCompress)
const gzipAsync = promisify(gzip)

/** What was compressed as brotli, as it was. */
export const unpackBrotli = promisify(brotliDecompress)

/**
 * How hard to try. What is made for one reader must be quick (100 kB of HTML: 2 ms); what is kept may take ten times
 * as long, and what is sent to many a hundred times, for the last fifth of its size.
 */
const qualities = { once: { br: 4, gzip: 5 }, kept: { br: 9, gzip: 9 }, many: { br: 11, gzip: 9 } } as const

export type Effort = keyof typeof qualities
export const isHarder = (one: Effort, other: Effort) => qualities[one].br > qualities[other].br

/** The bytes of a text in a coding. It is made beside the event loop, so that nobody else waits. */
export function compress(text: string | Buffer, coding: Coding, effort: Effort): Promise<Buffer> {
  if (coding === 'gzip') return gzipAsync(text, { level: qualities[effort].gzip })
  return brotliAsync(text, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: qualities[effort].br,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text),
    },
  })
}
