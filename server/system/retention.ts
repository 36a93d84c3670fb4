import { forgetPeople } from '../people/erase.ts'
import type { Context } from '../context.ts'
import { inPieces } from '../ground/pieces.ts'
import { forgetPhotos } from '../menu/photos.ts'

const day = 24 * 3600_000
const answersKeptMs = day
/** Orders may be placed a week ahead. */
const pushesKeptMs = 8 * day
/** What webhooks were told. */
const deliveriesKeptMs = 30 * day
/** An ended session is kept for a day, so that the database still shows who was signed in. */
const sessionsKeptMs = day
/** How many rows one transaction deletes: a few ms of work. */
const rowsAtOnce = 100

/** Deletes what nobody can ask for any more, one piece at a time. */
export async function forgetOld(ground: Parameters<typeof forgetPeople>[0] & Pick<Context, 'trusted'>) {
  const { store, config, clock, trusted } = ground
  // A wrong date would forget years: nothing goes until staff have confirmed it (CLK-3).
  if (trusted.off() !== null) return
  const drop = (piece: (rows: number) => Promise<number>) => inPieces(ground, rowsAtOnce, piece)
  await drop((rows) => store.write(null, (tx) => tx.dropAnswersBefore(clock() - answersKeptMs, rows)))
  await drop((rows) => store.write(null, (tx) => tx.dropSessionsBefore(clock() - sessionsKeptMs, rows)))
  await drop((rows) => store.write(null, (tx) => tx.dropPushesBefore(clock() - pushesKeptMs, rows)))
  await drop((rows) => store.write(null, (tx) => tx.dropDeliveriesBefore(clock() - deliveriesKeptMs, rows)))
  await store.write(null, (tx) => tx.dropPairingsBefore(clock()))
  await drop((rows) => store.write(null, (tx) => tx.sweepBudgets(clock(), rows)))
  for (const { id } of await store.read((tx) => tx.pizzerias())) await forgetPhotos(ground, id)
  const keptMs = config.COMANDA_RETENTION_DAYS * day
  for (const { pizzeria } of await store.read((tx) => tx.heads()))
    await drop((rows) => store.write(pizzeria, (tx) => tx.dropEventsBefore(pizzeria, clock() - keptMs, rows, clock())))
  await forgetPeople(ground)
}
