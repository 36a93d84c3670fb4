import { ServerResponse } from 'node:http'
import type { H3Event } from 'h3'
import { compress } from '../answers/compress'
import { chooseCoding, type Coding } from '../answers/encoding'
import { isHtml } from '../answers/html'
import { scriptHashes } from '../answers/script-hashes'
import { scriptsLast } from '../answers/scripts-last'
import { answeredBefore } from '../answers/not-modified'
import { isPagePath } from '../answers/page-path'
import { etagOf } from '../answers/validators'

/** Below this size (bytes) compressing does not save a packet. */
const minBytes = 1024

/**
 * What every answer goes through on its way to the wire: pages get validators, what the reader already has is a 304,
 * and text is compressed. Requests that the server makes to itself while it renders stay as they are, and so does the
 * live feed, which writes to the socket itself.
 */
export default defineNitroPlugin(({ hooks, h3App: { options } }) => {
  hooks.hook('comanda:request', (event) => {
    // Nitro's files read this header too, without its weights: everybody sees the coding that was chosen here.
    const chosen = chooseCoding(getRequestHeader(event, 'accept-encoding'))
    const { req } = event.node
    req.headers['accept-encoding'] = chosen ?? ''
    // Nitro's files know one spelling of this header, answer without the version, and then go by the time as well
    // (RFC 9110, section 13.1.3): it is judged below, for every answer alike.
    const named = req.headers['if-none-match']
    if (named !== undefined) {
      event.context.ifNoneMatch = named
      delete req.headers['if-none-match']
      delete req.headers['if-modified-since']
    }
    // Routes know GET alone. To a HEAD they answer the same, and Node leaves the body away.
    if (req.method !== 'HEAD') return
    req.method = 'GET'
    event.context.isHead = true
  })

  // A page's scripts are allowed by their hashes, not by a nonce, so that a page may be kept: see docs/decisions.
  // What components render (`body`) may hold people's words, and no script in it is ever allowed.
  hooks.hook('render:html', (html, { event }) => {
    scriptsLast(html)
    const { head, bodyPrepend, bodyAppend } = html
    const security = event.context.security as { hashes?: { script: Set<string>; style: Set<string> } } | undefined
    if (security)
      security.hashes = { script: scriptHashes([...head, ...bodyPrepend, ...bodyAppend]), style: new Set<string>() }
  })

  // Nitro's own hooks are for pages: their modules listen, and nobody else.
  const { onBeforeResponse, onAfterResponse } = options
  options.onBeforeResponse = async (event, response) => {
    if (isPagePath(event.path)) await onBeforeResponse?.(event, response)
    await finish(event, response)
  }
  options.onAfterResponse = (event, response) => {
    if (isPagePath(event.path)) return onAfterResponse?.(event, response)
  }
})

async function finish(event: H3Event, response: { body?: unknown }) {
  if (!(event.node.res instanceof ServerResponse) || event.node.res.headersSent) return
  const text = asText(event, response.body)
  if (text !== null) {
    if (isFoundPage(event)) addValidators(event, text)
    appendResponseHeader(event, 'vary', 'Accept-Encoding')
  }
  if (answeredBefore(event)) {
    response.body = null
    return
  }
  if (text !== null) response.body = await pack(event, text)
  if (event.context.isHead) addLength(event, response.body)
}

/** A text in the coding that was chosen, or as it is. */
async function pack(event: H3Event, text: string): Promise<string | Buffer> {
  const coding = getRequestHeader(event, 'accept-encoding') as Coding | ''
  if (!coding || text.length < minBytes) return text
  setResponseHeader(event, 'content-encoding', coding)
  return await compress(text, coding, 'once')
}

/** Node says how long a body is when it sends it, which that of a HEAD it does not. */
function addLength(event: H3Event, body: unknown) {
  if (body && (typeof body === 'string' || body instanceof Uint8Array))
    setResponseHeader(event, 'content-length', Buffer.byteLength(body))
}

/** A body that is text, or will be; null for bytes, streams and whatever has its coding already. */
function asText(event: H3Event, body: unknown): string | null {
  if (getResponseHeader(event, 'content-encoding')) return null
  if (typeof body === 'string') {
    if (!getResponseHeader(event, 'content-type')) setResponseHeader(event, 'content-type', 'text/html')
    return body
  }
  if (typeof body !== 'object' || body === null) return null
  const prototype = Object.getPrototypeOf(body)
  if (!Array.isArray(body) && prototype !== Object.prototype && prototype !== null) return null
  // h3 would do the same, but only after this: too late to compress it.
  setResponseHeader(event, 'content-type', 'application/json')
  return JSON.stringify(body)
}

/** A page that has something to show: what says an error is sent whole each time. */
const isFoundPage = (event: H3Event) => getResponseStatus(event) === 200 && isHtml(event.node.res)

/** Asked for again each time, and sent only when it has changed. */
function addValidators(event: H3Event, text: string) {
  if (!getResponseHeader(event, 'cache-control')) setResponseHeader(event, 'cache-control', 'private, no-cache')
  if (!getResponseHeader(event, 'etag')) setResponseHeader(event, 'etag', etagOf(text))
}
