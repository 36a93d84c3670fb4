import { request, type IncomingHttpHeaders } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

export interface RawAnswer {
  status: number
  headers: IncomingHttpHeaders
  /** The body as it came over the wire. */
  bytes: Buffer
  /** The body as a reader sees it. */
  text: string
}

/** One GET on its own connection, as bytes: nothing is requested or unpacked automatically. */
export const getRaw = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<RawAnswer>((resolve, reject) => {
    const asked = request(url, { method, headers, agent: false }, (answer) => {
      const parts: Buffer[] = []
      answer.on('error', reject).on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => {
        const bytes = Buffer.concat(parts)
        const text = unpack(bytes, answer.headers['content-encoding']).toString('utf8')
        resolve({ status: answer.statusCode!, headers: answer.headers, bytes, text })
      })
    })
    asked.on('error', reject).end()
  })

function unpack(bytes: Buffer, coding: string | undefined): Buffer {
  if (bytes.length === 0 || coding === undefined) return bytes
  if (coding === 'br') return brotliDecompressSync(bytes)
  if (coding === 'gzip') return gunzipSync(bytes)
  throw new Error(`Nobody asked for the coding ${coding}.`)
}
