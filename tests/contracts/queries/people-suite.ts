import { expect, it } from 'vitest'
import type { Session } from '../../../shared/staff/session.ts'
import { pizzeria } from '../store-suite.ts'
import type { Asked } from './asked.ts'

/** A session at the counter; times are ms. */
const session = (id: string, over: Partial<Session> = {}): Session => ({
  id,
  pizzeria,
  kind: 'staff',
  role: 'counter',
  name: 'Giulia',
  screen: null,
  member: null,
  createdAt: 0,
  expiresAt: 9_000,
  endedAt: null,
  ...over,
})

export function peopleQueriesSuite({ store }: Asked) {
  it('[SRV-7] return a session until it has ended or expired', async () => {
    await store.write(pizzeria, async (tx) => {
      await tx.insertSession(session('lives'))
      await tx.insertSession(session('ended'))
      await tx.insertSession(session('over', { expiresAt: 50 }))
      await tx.insertSession(session('screen', { kind: 'screen', role: 'kitchen', screen: 'device-1' }))
      await tx.endSession('ended', 10)
    })
    const live = (id: string) => store.read((tx) => tx.liveSession(id, 50))
    expect(await live('lives')).toEqual(session('lives'))
    expect([await live('ended'), await live('over'), await live('nobody')]).toEqual([undefined, undefined, undefined])
    expect((await store.read((tx) => tx.endedAmong(['lives', 'ended', 'over', 'screen'], 50))).sort()).toEqual([
      'ended',
      'over',
    ])
    expect(await store.read((tx) => tx.endedAmong([], 50))).toEqual([])
    await store.write(pizzeria, (tx) => tx.endScreenSessions(pizzeria, 'device-1', 20))
    expect(await live('screen')).toBe(undefined)
  })

  it('[PDA-5] drop sessions that ended or expired before a time, one piece at a time', async () => {
    await store.write(pizzeria, async (tx) => {
      for (const id of ['a', 'b', 'c']) await tx.insertSession(session(`ended-${id}`, { endedAt: 4_000 }))
      await tx.insertSession(session('expired', { expiresAt: 4_000 }))
      await tx.insertSession(session('ended-later', { endedAt: 6_000 }))
      await tx.insertSession(session('kept'))
    })
    // Sessions of earlier tests ended long ago.
    for (let more = true; more;) more = (await store.write(null, (tx) => tx.dropSessionsBefore(4_000, 100))) > 0
    expect(await store.write(null, (tx) => tx.dropSessionsBefore(5_000, 2))).toBe(3)
    expect(await store.write(null, (tx) => tx.dropSessionsBefore(5_000, 2))).toBe(1)
    expect(await store.write(null, (tx) => tx.dropSessionsBefore(5_000, 2))).toBe(0)
    expect(await store.read((tx) => tx.endedAmong(['ended-a', 'expired', 'ended-later'], 8_000))).toEqual([
      'ended-later',
    ])
    expect(await store.read((tx) => tx.liveSession('kept', 8_000))).toMatchObject({ id: 'kept' })
  })

  it('[SRV-7] find a pairing by its code or its token, until it has expired or was dropped', async () => {
    const pairing = {
      code: 'ABCDEF',
      tokenHash: 'token',
      device: 'device-1',
      pizzeria: null,
      session: null,
      expiresAt: 100,
    }
    const find = (where: { code: string } | { tokenHash: string }, now = 50) =>
      store.read((tx) => tx.pairing(where, now))
    await store.write(null, (tx) => tx.insertPairing(pairing))
    expect(await find({ code: 'ABCDEF' })).toEqual(pairing)
    expect(await find({ code: 'ABCDEF' }, 100)).toBe(undefined)
    await store.write(pizzeria, (tx) => tx.completePairing('ABCDEF', pizzeria, 'lives'))
    expect(await find({ tokenHash: 'token' })).toMatchObject({ pizzeria, session: 'lives' })
    await store.write(null, (tx) => tx.dropPairingsBefore(101))
    expect(await find({ tokenHash: 'token' })).toBe(undefined)
  })
}
