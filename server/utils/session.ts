import type { H3Event } from 'h3'
import type { Session } from '../../shared/staff/session.ts'
import { useApp } from '../app'
import { readToken } from '../staff/sessions'

let secret: string | undefined

/**
 * The password that seals cookies and signs tokens; set before the first request (`server/plugins/start.ts`). Read
 * once, because Node asks the system for a variable each time.
 */
export const sessionSecret = () => (secret ??= process.env.NUXT_SESSION_PASSWORD!)

/**
 * The session of a request or an upgrade, by bearer token or by cookie, and only while its row in the database is live,
 * so that a cookie copied before a sign-out is worthless after it.
 */
export async function readSession(source: H3Event | { headers: Headers }): Promise<Session | null> {
  const { store, trusted } = await useApp()
  const header = 'node' in source ? getRequestHeader(source, 'authorization') : source.headers.get('authorization')
  const id = header?.startsWith('Bearer ')
    ? readToken(header.slice('Bearer '.length), sessionSecret())
    : await cookieSession(source)
  return id ? ((await store.read((tx) => tx.liveSession(id, trusted.now()))) ?? null) : null
}

async function cookieSession(source: H3Event | { headers: Headers }): Promise<string | null> {
  // Most requests have none. Reading the configuration for all of them would slow down the crowd after a restart.
  const cookies = 'node' in source ? getRequestHeader(source, 'cookie') : source.headers.get('cookie')
  if (!cookies) return null
  // An upgrade has headers only; h3 caches what it unsealed in a context, and fails without one.
  try {
    return (
      (await getUserSession('node' in source ? source : ({ headers: source.headers, context: {} } as never))).secure
        ?.session ?? null
    )
  } catch {
    return null
  }
}

/** Everywhere that this browser is signed in: the session of now first, then those that the page may switch to. */
export async function browserSessions(event: H3Event): Promise<Session[]> {
  if (!getRequestHeader(event, 'cookie')) return []
  const { store, trusted } = await useApp()
  const { secure } = await getUserSession(event)
  const ids = secure ? [secure.session, ...(secure.others ?? [])] : []
  const found = await store.read((tx) => Promise.all(ids.map((id) => tx.liveSession(id, trusted.now()))))
  return found.flatMap((session) => (session?.kind === 'staff' ? [session] : []))
}

const lastsSeconds = ({ createdAt, expiresAt }: Session) => Math.floor((expiresAt - createdAt) / 1000)

/**
 * Gives a session to the browser. The cookie is `Secure` when the page is: over plain HTTP on a kitchen's network the
 * browser would not store a secure one. `others`: the same person's sessions, to which the page may switch back.
 */
export async function giveSession(event: H3Event, session: Session, others: readonly Session[] = []) {
  const secure = getRequestProtocol(event, { xForwardedProto: true }) === 'https'
  const { id, pizzeria, role, name, kind } = session
  const user = { id: kind, pizzeria, role, name, kind }
  const elsewhere = others.filter((one) => one.pizzeria !== pizzeria).map((one) => one.id)
  await replaceUserSession(event, { user, secure: { session: id, others: elsewhere } }, {
    // The seal itself never expires: the session's row says when it is over, whatever the clock does.
    cookie: { secure, sameSite: 'lax', httpOnly: true, path: '/', maxAge: lastsSeconds(session) },
  } as never)
  return { pizzeria, role, name, kind }
}
