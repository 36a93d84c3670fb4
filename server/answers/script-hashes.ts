import { createHash } from 'node:crypto'

/** The attributes of a tag, in which a > ends nothing. */
const attributes = `(?:"[^"]*"|'[^']*'|[^"'>])*`
/** What holds text, in which a tag is none. */
const texts = `<style\\b${attributes}>[\\s\\S]*?</style>|<title>[\\s\\S]*?</title>|<!--[\\s\\S]*?-->`
/** A script with what is in it, or anything else: what stands in an attribute, such as a name, is no script. */
const tags = new RegExp(`<script\\b(${attributes})>([\\s\\S]*?)</script>|${texts}|<[a-z!/]${attributes}>`, 'gi')
const isFile = /\ssrc=/i
/** Data for scripts to read; the browser never runs it. */
const data = /\stype="application\/(?:ld\+)?json"/

const maxKept = 200
/** The same few scripts stand in every page: their hashes are worked out once. */
const kept = new Map<string, string>()

/** The source of a Content-Security-Policy that allows this very text, of an inline script or style. */
export const sourceOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

function hashOf(script: string): string {
  const known = kept.get(script)
  if (known) return known
  if (kept.size >= maxKept) kept.clear()
  const made = sourceOf(script)
  kept.set(script, made)
  return made
}

/** The inline scripts that may run, as sources of a Content-Security-Policy. */
export const scriptHashes = (parts: string[]): Set<string> =>
  new Set(
    parts
      .flatMap((part) => [...part.matchAll(tags)])
      .flatMap(([, attributes, script]) =>
        script === undefined || isFile.test(attributes!) || data.test(attributes!) ? [] : [hashOf(script)],
      ),
  )
