import { createHash } from 'node:crypto'

/** A weak validator: the same content, in whatever coding it travels. */
export const etagOf = (content: string | Buffer) =>
  `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`

const opaque = (tag: string) => tag.trim().replace(/^W\//, '')

/** Whether a reader already has this version (`If-None-Match`, RFC 9110, section 13.1.2: compared weakly). */
export const alreadyHas = (ifNoneMatch: string | undefined, etag: string) =>
  ifNoneMatch !== undefined &&
  (ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => opaque(tag) === opaque(etag)))
