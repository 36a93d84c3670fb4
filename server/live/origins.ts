/**
 * Whether a page of this origin may use cookies here. With configured origins the match is exact; without any, the
 * origin's host must be the host that the request was sent to. `null` and look-alikes (`shop.com.evil.io`) match
 * nothing.
 */
export function originAllowed(origin: string, host: string | null, configured: readonly string[]): boolean {
  if (!URL.canParse(origin)) return false
  const url = new URL(origin)
  if (url.origin !== origin) return false
  return configured.length > 0 ? configured.includes(origin) : host !== null && url.host === host
}

/**
 * Whether the browser says that another site's page caused this request (`Sec-Fetch-Site`, Fetch Metadata). Only such a
 * page can make a browser send our cookie without an `Origin`.
 */
export const fromElsewhere = (site: string | null | undefined) => site === 'cross-site' || site === 'same-site'
