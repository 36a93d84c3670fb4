import { setTimeout as wait } from 'node:timers/promises'
import type { Context } from '../context.ts'

const day = 24 * 3600_000
const answersKeptMs = day
/** An ended session is kept for a day, so that a look into the database can still say who was signed in. */
const sessionsKeptMs = day
/** Rows that one transaction drops: a few ms of work. */
const pieceRows = 100

type Ground = Pick<Context, 'store' | 'config' | 'clock' | 'uptime' | 'life'>

/** Drops what nobody can ask for any more, a piece at a time. */
export async function forgetOld(ground: Ground) {
  const { store, config, clock } = ground
  await inPieces(ground, (rows) => store.write(null, (tx) => tx.dropAnswersBefore(clock() - answersKeptMs, rows)))
  await inPieces(ground, (rows) => store.write(null, (tx) => tx.dropSessionsBefore(clock() - sessionsKeptMs, rows)))
  await store.write(null, (tx) => tx.dropPairingsBefore(clock()))
  const keptMs = config.COMANDA_RETENTION_DAYS * day
  for (const { pizzeria } of await store.read((tx) => tx.heads()))
    await inPieces(ground, (rows) =>
      store.write(pizzeria, (tx) => tx.dropEventsBefore(pizzeria, clock() - keptMs, rows, clock())),
    )
}

/**
 * Repeats `drop` until there is less to drop than it may. After each piece as much time is left to everybody else as it
 * took, and at least one turn of the event loop, so that nobody notices (OPS-4). Ends early when the server does.
 */
export async function inPieces(
  { uptime, life }: Pick<Ground, 'uptime' | 'life'>,
  drop: (rows: number) => Promise<number>,
) {
  while (life.phase === 'serving') {
    const began = uptime()
    if ((await drop(pieceRows)) < pieceRows) return
    await wait(uptime() - began)
  }
}
