import type { IncomingMessage } from 'node:http'
import type { H3Event } from 'h3'
import type { z } from 'zod'
import { Rejected, rejections } from '#shared/order/rejections'
import { useApp, type App } from '../app'
import type { Config } from '../config'
import { addressOf } from '../ground/address'
import { pathWithoutIds } from '../ground/logger'

/**
 * The frame of every handler, which all follow one pattern: parse, authorise, call, answer. It passes in the
 * application, and turns what was thrown into an answer with a permanent code.
 */
export function defineApi<T>(handler: (event: H3Event, app: App) => Promise<T>) {
  return defineEventHandler(async (event) => {
    // What is somebody's own is kept by nobody; a handler that means otherwise says so.
    setResponseHeader(event, 'cache-control', 'private, no-store')
    try {
      return await handler(event, await useApp())
    } catch (error) {
      return answerError(event, error)
    }
  })
}

/** Answers with the error's code. An unexpected error is logged and answered as a fault of the server. */
export async function answerError(event: H3Event, error: unknown) {
  const rejected = error instanceof Rejected ? error : new Rejected('server.fault')
  // Who has hung up reads no answer, and it is no fault of ours.
  if (rejected !== error && !event.node.req.destroyed) {
    const app = await useApp().catch(() => null)
    app?.logger.error({ err: error, path: pathWithoutIds(event.path) }, 'a request failed')
  }
  const { status, retryable, message } = rejections[rejected.code]
  setResponseStatus(event, status)
  if (typeof rejected.details.retryAfter === 'number')
    setResponseHeader(event, 'retry-after', rejected.details.retryAfter)
  else if (status === 503) setResponseHeader(event, 'retry-after', 1)
  setResponseHeader(event, 'cache-control', 'no-store')
  // The rest of the body was not read: no other request can follow it on this line.
  if (rejected.code === 'request.too_large') setResponseHeader(event, 'connection', 'close')
  return { error: { ...rejected.details, code: rejected.code, message, retryable } }
}

/** The body, parsed with a schema. Throws `request.malformed`, or `request.invalid` with the path of what is wrong. */
export async function readBodyAs<Schema extends z.ZodType>(
  event: H3Event,
  schema: Schema,
  maxBytes = maxBodyBytes,
): Promise<z.infer<Schema>> {
  return parseAs(schema, parseJson(await readText(event, maxBytes)))
}

/** The same for a body that may also be a form, as browsers send them. */
export async function readFormAs<Schema extends z.ZodType>(event: H3Event, schema: Schema): Promise<z.infer<Schema>> {
  const text = await readText(event)
  const isForm = getRequestHeader(event, 'content-type')?.startsWith('application/x-www-form-urlencoded')
  return parseAs(schema, isForm ? Object.fromEntries(new URLSearchParams(text)) : parseJson(text))
}

/** Text as JSON, none as an empty object; throws `request.malformed`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text || '{}')
  } catch {
    throw new Rejected('request.malformed')
  }
}

const maxBodyBytes = 64 * 1024

/** The body's text, up to `maxBytes` whatever length the request claims. */
export async function readText(event: H3Event, maxBytes = maxBodyBytes): Promise<string> {
  // Requests that the server makes to itself while rendering already carry their parsed body.
  const given = (event.node.req as { body?: unknown }).body
  if (given !== undefined) return typeof given === 'string' ? given : JSON.stringify(given)
  return await readStream(event.node.req, maxBytes)
}

/** By its events: an iterator, with the promise that it makes for each part, would cost as much as parsing the body. */
function readStream(request: IncomingMessage, maxBytes: number): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  return new Promise((resolve, reject) => {
    request
      .on('data', (part: Buffer) => {
        bytes += part.length
        if (bytes <= maxBytes) parts.push(part)
        else reject(new Rejected('request.too_large', { most: maxBytes }))
      })
      .once('end', () => resolve(Buffer.concat(parts).toString()))
      .once('error', reject)
  })
}

/** The client's address, as far as it can be trusted: limits are counted by it. */
export const requestAddress = (event: H3Event, { config }: { config: Config }) =>
  addressOf(event.node.req.socket.remoteAddress, getRequestHeader(event, 'x-forwarded-for'), config.COMANDA_PROXIES)

/** The path's parameters, parsed with a schema. */
export const readParams = <Schema extends z.ZodType>(event: H3Event, schema: Schema) =>
  parseAs(schema, getRouterParams(event, { decode: true }))

/** How much of what is wrong one answer names. */
const maxFields = 50

export function parseAs<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new Rejected('request.invalid', {
    fields: result.error.issues.slice(0, maxFields).map(({ path, message }) => ({ path: path.join('.'), message })),
  })
}

/**
 * `Idempotency-Key`, as in the IETF draft of that name; without it a repeated order could not be told from a second
 * one.
 */
export function readIdempotencyKey(event: H3Event): string {
  const key = readOptionalKey(event)
  if (key === null) throw new Rejected('idempotency.missing')
  return key
}

/** The same where `ifVersion` alone tells a repeat: null without the header. */
export function readOptionalKey(event: H3Event): string | null {
  const given = getRequestHeader(event, 'idempotency-key')
  if (given === undefined) return null
  if (!/^[\x21-\x7E]{8,128}$/.test(given)) throw new Rejected('idempotency.missing')
  return given
}
