import { createHash, randomBytes, randomInt } from 'node:crypto'
import type { Session } from '../../shared/staff/session.ts'
import type { Screen } from '../../shared/kitchen/screen.ts'
import { defaultScreenSettings, type ScreenSettings } from '../../shared/kitchen/screen-settings.ts'
import { Rejected } from '../../shared/order/rejections.ts'
import type { Context } from '../context.ts'
import { startSession } from './sessions.ts'

/** Without letters and digits that look alike across a kitchen, and without vowels: no code reads as a word. */
const alphabet = 'CDFGHJKLMNPQRTVWX3479'
const codeLength = 6
const codeLastsMs = 15 * 60_000

const hash = (token: string) => createHash('sha256').update(token).digest('base64url')

/** A screen asks for a code to show, and for a token to ask whether the code has been entered. */
export async function startPairing({ store, trusted }: Pick<Context, 'store' | 'trusted'>, device: string) {
  const code = Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join('')
  const token = randomBytes(24).toString('base64url')
  const expiresAt = trusted.now() + codeLastsMs
  await store.write(null, async (tx) => {
    await tx.dropPairingsBefore(trusted.now())
    await tx.insertPairing({ code, tokenHash: hash(token), device, pizzeria: null, session: null, expiresAt })
  })
  return { code, token, expiresAt: new Date(expiresAt).toISOString() }
}

/** Staff entered the code: the screen gets its own session, which ends when the screen is removed. */
export async function pairScreen(
  { store, trusted }: Pick<Context, 'store' | 'trusted'>,
  {
    pizzeria,
    code,
    name,
    settings,
  }: { pizzeria: string; code: string; name: string; settings?: Partial<ScreenSettings> },
): Promise<Screen> {
  return await store.write(pizzeria, async (tx) => {
    const pairing = await tx.pairing({ code: code.toUpperCase() }, trusted.now())
    if (!pairing || pairing.session) throw new Rejected('screen.code_unknown')
    const before = await tx.screen(pizzeria, pairing.device)
    await tx.endScreenSessions(pizzeria, pairing.device, trusted.now())
    const session = await startSession(tx, {
      pizzeria,
      kind: 'screen',
      role: 'kitchen',
      name,
      screen: pairing.device,
      member: null,
      now: trusted.now(),
    })
    await tx.completePairing(pairing.code, pizzeria, session.id)
    return await tx.saveScreen(pizzeria, pairing.device, {
      name,
      paired: true,
      removedAt: null,
      settings: { ...(before?.settings ?? defaultScreenSettings), ...settings },
    })
  })
}

/** Whether somebody has entered the code of this token. */
export async function isPaired(
  { store, trusted }: Pick<Context, 'store' | 'trusted'>,
  token: string,
): Promise<boolean> {
  const pairing = await store.read((tx) => tx.pairing({ tokenHash: hash(token) }, trusted.now()))
  if (!pairing) throw new Rejected('screen.code_unknown')
  return pairing.session !== null
}

/**
 * The screen takes the session that its code was given; the token works once. A browser that is signed in as somebody
 * else keeps that sign-in, because another page may have caused this request.
 */
export async function claimPairing(
  { store, trusted }: Pick<Context, 'store' | 'trusted'>,
  { token, signedIn }: { token: string; signedIn: Session | null },
): Promise<Session | null> {
  return await store.write(null, async (tx) => {
    const pairing = await tx.pairing({ tokenHash: hash(token) }, trusted.now())
    if (!pairing) throw new Rejected('screen.code_unknown')
    if (!pairing.session) {
      // Nobody entered the code, but somebody brought the screen back: the session that it still has is live again.
      const isBack = signedIn?.screen === pairing.device && signedIn.pizzeria === pairing.pizzeria
      if (isBack) await tx.dropPairing(pairing.code)
      return isBack ? signedIn : null
    }
    if (signedIn && (signedIn.kind !== 'screen' || signedIn.pizzeria !== pairing.pizzeria))
      throw new Rejected('screen.signed_in')
    await tx.dropPairing(pairing.code)
    return (await tx.liveSession(pairing.session, trusted.now())) ?? null
  })
}

/** Holds grants that end with their session. */
export interface Revocable {
  endRevoked(): Promise<void>
}

/** A screen that was removed can be brought back for this long (ms): a tap on the wrong card is noticed soon. */
const restorableMs = 10 * 60_000

/** Removes a screen: its session ends at once, its live connections on other nodes within 5 s. */
export async function removeScreen(
  { store, trusted, connections }: Pick<Context, 'store' | 'trusted'> & { connections: Revocable },
  pizzeria: string,
  id: string,
) {
  await store.write(pizzeria, async (tx) => {
    const now = trusted.now()
    await tx.dropScreensRemovedBefore(pizzeria, now - restorableMs)
    await tx.endScreenSessions(pizzeria, id, now)
    if (!(await tx.removeScreen(pizzeria, id, now))) throw new Rejected('screen.unknown')
  })
  // At once; otherwise its next report would bring the screen back.
  await connections.endRevoked()
}

/**
 * Brings back a screen that was just removed, with its settings and the session that it had: it goes on by itself.
 * `screen.unknown` for one that was not removed, or longer ago.
 */
export async function restoreScreen(
  { store, trusted }: Pick<Context, 'store' | 'trusted'>,
  pizzeria: string,
  id: string,
): Promise<Screen> {
  return await store.write(pizzeria, async (tx) => {
    const screen = await tx.removedScreen(pizzeria, id)
    if (!screen || screen.removedAt <= trusted.now() - restorableMs) throw new Rejected('screen.unknown')
    await tx.reviveScreenSessions(pizzeria, id, screen.removedAt)
    await tx.bringPairingsBack(pizzeria, id)
    return await tx.saveScreen(pizzeria, id, { removedAt: null })
  })
}
