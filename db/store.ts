import type { Screen } from '../shared/kitchen/screen.ts'
import type { DayFigures } from '../shared/figures/day.ts'
import type { LogEvent, NewEvent } from '../shared/live/events.ts'
import type { MenuDocument } from '../shared/menu/document.ts'
import type { MenuItem, MenuTopping, Text } from '../shared/menu/menu.ts'
import type { Pizzeria } from '../shared/menu/pizzeria.ts'
import type { Order, OrderState } from '../shared/order/order.ts'
import type { Role } from '../shared/order/roles.ts'
import type { Session } from '../shared/staff/session.ts'

/*
 * The port of the database. All times are ms since 1970, UTC. What an adapter keeps in memory to be quick MUST NOT be
 * seen here: every answer MUST be the one that the transaction's own moment of the database gives.
 */

/** First and last position of a pizzeria's log that can be read; `position` is its head. */
export interface Head {
  position: number
  oldest: number
}

/** What is kept of the time over a restart, by whoever restarts. */
export interface KeptClock {
  /** The time that was believed when the machine had been up for `up` ms, in that `boot`. */
  at: number
  up: number
  boot: string
  /** How far the machine's clock was from it, ms; null: it was believed. */
  off: number | null
}

/** The log. Positions MUST follow the commits and MUST NOT have holes (LOG-2), also after a transaction was undone. */
export interface LogTx {
  /** A random word, new when the database is created or restored. MUST stay over a restart (LOG-5). */
  epoch(): Promise<string>
  /** Begins a new one, as a restored database does: no cursor of before is of any use. */
  renewEpoch(): Promise<void>
  /** What time it is, ms: the same for all nodes. */
  now(): Promise<number>
  /** Writes to the disk what is there already: MUST reject as any writer would. */
  probe(): Promise<void>
  /** What time was believed when it was last kept; null: never. */
  keptClock(): Promise<KeptClock | null>
  keepClock(kept: KeptClock): Promise<void>
  /** Writes the event under the pizzeria's next position. MUST throw when there is no such pizzeria. */
  append(event: NewEvent): Promise<LogEvent>
  heads(): Promise<(Head & { pizzeria: string })[]>
  head(pizzeria: string): Promise<Head | undefined>
  /** Events after a position, in order, at most `limit`. */
  eventsAfter(pizzeria: string, position: number, limit: number): Promise<LogEvent[]>
  /** Events of one subject after a version, in order, at most `limit`. */
  subjectEventsAfter(pizzeria: string, subject: string, version: number, limit: number): Promise<LogEvent[]>
  /** The oldest version of a subject that is still kept, or undefined when none is. */
  oldestOfSubject(pizzeria: string, subject: string): Promise<number | undefined>
  /**
   * Drops the oldest events, as long as they are from before a time, and moves the oldest kept position; at most
   * `limit` at once. Returns how many. An event from after `now` was written while the clock was wrong: it goes
   * when one behind it is old. MUST NOT leave a hole: an event stays while an older one does.
   */
  dropEventsBefore(pizzeria: string, time: number, limit: number, now?: number): Promise<number>
}

export interface MenuRows {
  items: MenuItem[]
  toppings: MenuTopping[]
}

/** Something of the menu as it was written, its place, and whether it has left. Nothing that was sold is deleted. */
export interface Entry<T> {
  sort: number
  archived: boolean
  body: T
}

/** All of a new menu, in its order. */
export const asEntries = <T>(bodies: readonly T[]): Entry<T>[] =>
  bodies.map((body, sort) => ({ sort, archived: false, body }))

/**
 * The menu and the pizzeria itself. Whoever changes items or toppings MUST count the menu up in the same transaction.
 */
export interface MenuTx {
  /**
   * Items and toppings on the menu as of `menuVersion`, their texts complete (`completeText`). They MUST NOT be changed
   * by who gets them: others may hold the same.
   */
  menuRows(pizzeria: Pick<Pizzeria, 'id' | 'menuVersion'>): Promise<MenuRows>
  pizzerias(): Promise<Pizzeria[]>
  pizzeria(id: string): Promise<Pizzeria | undefined>
  insertPizzeria(
    pizzeria: Pick<Pizzeria, 'id' | 'name' | 'currency' | 'timezone' | 'settings'> &
      Partial<Pick<Pizzeria, 'country' | 'phone' | 'address' | 'peopleKeptDays'>>,
  ): Promise<void>
  updatePizzeria(id: string, change: Partial<Omit<Pizzeria, 'id' | 'position'>>): Promise<void>
  /**
   * Counts `menuVersion` up, which is the version of the subject `menu` in the log, and answers with the pizzeria as it
   * is then.
   */
  countMenu(id: string): Promise<Pizzeria | undefined>
  /** All items and toppings that ever were on the menu, as they were written, in its order. */
  menuBook(pizzeria: string): Promise<{ items: Entry<MenuItem>[]; toppings: Entry<MenuTopping>[] }>
  /** Writes items by their ids, new ones and known ones. */
  saveItems(pizzeria: string, items: Entry<MenuItem>[]): Promise<void>
  saveToppings(pizzeria: string, toppings: Entry<MenuTopping>[]): Promise<void>
  /** False: there is no such item. */
  setItemAvailable(pizzeria: string, id: string, available: boolean, until: number | null): Promise<boolean>
  setToppingAvailable(pizzeria: string, id: string, available: boolean, until: number | null): Promise<boolean>
  /** Portions left, or null: not counted. False: there is no such item. */
  setStock(pizzeria: string, id: string, stock: number | null): Promise<boolean>
  /** Fewer than nothing gives portions back. What is not counted stays so. */
  takeStock(pizzeria: string, id: string, pieces: number): Promise<void>
  /** What is on the menu and was out until a time that has come. */
  backInStock(now: number): Promise<{ pizzeria: string; kind: 'item' | 'topping'; id: string }[]>
}

/** A menu that is to be published at a time, ms since 1970. */
export interface MenuPlan {
  pizzeria: string
  at: number
  /** The published menu that it was made from. */
  base: MenuDocument
  menu: MenuDocument
  /** Who planned it, by id; null: nobody whom the pizzeria knows by name. */
  by: string | null
  /** The code of why it could not be published at its time. */
  trouble: string | null
}

/** Menus that are to be published at a time: one of a pizzeria at most. */
export interface PlansTx {
  plan(pizzeria: string): Promise<MenuPlan | undefined>
  /** The pizzerias whose plan's time has come. */
  duePlans(now: number): Promise<string[]>
  insertPlan(plan: MenuPlan): Promise<void>
  /** It is no longer due. */
  failPlan(pizzeria: string, trouble: string): Promise<void>
  /** False: there was none. */
  dropPlan(pizzeria: string): Promise<boolean>
}

/** Uploaded pictures, by the hash of their bytes. */
export interface PhotosTx {
  /** Its bytes in base64, whoever's it is. */
  photo(id: string): Promise<string | undefined>
  /** One that is there already is as young as a new one. `at`: ms since 1970. */
  savePhoto(photo: { pizzeria: string; id: string; at: number; data: string }): Promise<void>
  countPhotos(pizzeria: string): Promise<number>
  /** Which of some the pizzeria has. */
  photosAmong(pizzeria: string, ids: readonly string[]): Promise<string[]>
  /** Those that came, or came again, before a time. */
  photosBefore(pizzeria: string, time: number): Promise<string[]>
  copyPhotos(from: string, to: string): Promise<void>
  dropPhotos(pizzeria: string, ids: readonly string[]): Promise<void>
}

/** The orders. `position` is that of the event that made the order what it is; a change of it MUST come with one. */
export interface OrdersTx {
  order(id: string): Promise<Order | undefined>
  orderByTracking(tracking: string): Promise<Order | undefined>
  /** MUST throw when the number was given already on that day (ORD-9). */
  insertOrder(order: Order, position: number): Promise<void>
  /** `before`: the order as this transaction has read it. */
  updateOrder(before: Order, after: Order, position: number): Promise<void>
}

/** The numbers that are called out; a rehearsal's orders count apart. */
export interface NumbersTx {
  /**
   * The next number that none of these business days has given, and gives it in each of them. A day that nobody has
   * counted in yet MUST begin after the orders that it has.
   */
  nextNumber(pizzeria: string, days: readonly string[], test: boolean): Promise<number>
  /** Whether there ever was a number: a real order, or one marked TEST. */
  hasNumbers(pizzeria: string, test: boolean): Promise<boolean>
}

/** Which orders are in a state, wait for something, or are somebody's. */
export interface OrderListsTx {
  /** Orders in any of `states`, and those of `recent` states changed since a time; oldest promise first. */
  ordersIn(
    pizzeria: string,
    states: readonly OrderState[],
    recent?: readonly OrderState[],
    since?: number,
  ): Promise<Order[]>
  /** How many wait for the counter's yes. */
  countPending(pizzeria: string): Promise<number>
  /** Waiting orders of all pizzerias, untouched since before a time: the oldest, at most `limit`. */
  pendingSince(before: number, limit: number): Promise<Order[]>
  /** Scheduled orders of all pizzerias that are promised up to a time. */
  dueScheduled(promisedBefore: number): Promise<Order[]>
  /** Orders whose customers have money to get back; oldest first. */
  owedOrders(pizzeria: string): Promise<Order[]>
  /** The latest orders of a phone number (E.164), the newest first. */
  ordersOfPhone(pizzeria: string, phone: string, limit: number): Promise<Order[]>
}

/** Pizzas still to be made: all that the promise needs of the kitchen's load. */
export interface KitchenLoad {
  /** The log position it is true at. */
  position: number
  /** By the five minutes (ms, `grainOf`) they are promised in. */
  promised: Map<number, number>
  pizzasAhead: number
}

/** How much the kitchen has to do. */
export interface KitchenLoadTx {
  /** `position`: the log's head, read in the same transaction. */
  load(pizzeria: { id: string; position: number }): Promise<KitchenLoad>
  /** What the kitchen makes before an order: promised earlier, or for the same time and placed earlier. */
  ahead(order: Pick<Order, 'pizzeria' | 'promiseAt' | 'placedAt'>): Promise<{ orders: number; pizzas: number }>
}

/** What screens have proved to show. Facts beside an order's history: neither its version nor its position changes. */
export interface ShownTx {
  /** Open orders up to a log position that no screen has proved to show. */
  notShownUpTo(pizzeria: string, position: number): Promise<Order[]>
  /** Open orders among these that no screen has proved to show, and which of their lines were painted so far. */
  notShownAmong(pizzeria: string, ids: readonly string[]): Promise<{ order: Order; painted: string[] }[]>
  /**
   * Queued orders of all pizzerias, not proved shown, that the kitchen got before a time and that have escalated less
   * than `level`: the oldest, at most `limit`.
   */
  unseenSince(before: number, level: number, limit: number): Promise<Order[]>
  /** Orders that stand escalated, with their level and since when the kitchen has them. */
  unseen(pizzeria: string): Promise<{ id: string; level: number; since: number | null }[]>
  markShown(order: Order, at: number): Promise<void>
  /** Which of an order's lines were painted. */
  notePainted(id: string, painted: readonly string[]): Promise<void>
  /** Its proof of display begins again: nothing of it is painted, and it has not escalated. */
  forgetShown(id: string): Promise<void>
  markUnseen(id: string, level: number): Promise<void>
}

/** The answer that was given to an `Idempotency-Key`; `response` is what is needed to give it again. */
export interface KeptAnswer {
  scope: string
  key: string
  bodyHash: string
  response: unknown
  at: number
}

/** Answers that were given, so that a repeated request gets the same one. */
export interface AnswersTx {
  answerTo(scope: string, key: string): Promise<Pick<KeptAnswer, 'bodyHash' | 'response'> | undefined>
  /** MUST throw when the key has an answer in that scope. */
  keepAnswer(answer: KeptAnswer): Promise<void>
  /** Drops answers from before a time, at most `limit`; returns how many. */
  dropAnswersBefore(time: number, limit: number): Promise<number>
}

export interface StaffMember {
  id: string
  pizzeria: string
  name: string
  role: Role
  pinHash: string
  /** Whoever signs in with it is asked for another. */
  mustChangePin: boolean
  /** When they left, ms; null: they work here. */
  removedAt: number | null
}

/** A one-time link that opens a pizzeria. */
export interface Setup {
  tokenHash: string
  expiresAt: number
  usedAt: number | null
  /** The pizzeria that it has opened. */
  pizzeria: string | null
}

/** One-time links that open a pizzeria. */
export interface SetupsTx {
  setup(tokenHash: string): Promise<Setup | undefined>
  /** A new link, or an unused one that lasts longer now; a used one MUST stay used. */
  keepSetup(tokenHash: string, expiresAt: number): Promise<void>
  /** Uses it up; false when somebody was first. */
  useSetup(tokenHash: string, pizzeria: string, at: number): Promise<boolean>
}

/** A screen that shows a code and waits for somebody to enter it. */
export interface Pairing {
  code: string
  tokenHash: string
  device: string
  pizzeria: string | null
  session: string | null
  expiresAt: number
}

/** Staff, sessions and pairings. */
export interface PeopleTx {
  /** Who works there now. */
  staffOf(pizzeria: string): Promise<StaffMember[]>
  /** The same and who has left. */
  everyStaffOf(pizzeria: string): Promise<StaffMember[]>
  insertStaff(member: StaffMember): Promise<void>
  updateStaff(id: string, change: Partial<Omit<StaffMember, 'id' | 'pizzeria'>>): Promise<void>
  insertSession(session: Session): Promise<void>
  /** A session that is neither ended nor expired. */
  liveSession(id: string, now: number): Promise<Session | undefined>
  endSession(id: string, at: number): Promise<void>
  endMemberSessions(member: string, at: number): Promise<void>
  endScreenSessions(pizzeria: string, screen: string, at: number): Promise<void>
  /** Those of a screen that were ended at a moment are live again. */
  reviveScreenSessions(pizzeria: string, screen: string, endedAt: number): Promise<void>
  /** How often a session of the pizzeria was ended by somebody; it never goes back. */
  revocations(pizzeria: string): Promise<number>
  /** Which of these sessions have ended or expired. */
  endedAmong(ids: string[], now: number): Promise<string[]>
  /** Drops sessions that ended or expired before a time, at most `limit` of each; returns how many. */
  dropSessionsBefore(time: number, limit: number): Promise<number>
  insertPairing(pairing: Pairing): Promise<void>
  pairing(where: { code: string } | { tokenHash: string }, now: number): Promise<Pairing | undefined>
  completePairing(code: string, pizzeria: string, session: string): Promise<void>
  dropPairing(code: string): Promise<void>
  /** Codes that a device shows lead it back to this pizzeria, by the session that it has there. */
  bringPairingsBack(pizzeria: string, device: string): Promise<void>
  dropPairingsBefore(time: number): Promise<void>
}

/** Kitchen screens. */
export interface ScreensTx {
  screens(pizzeria: string): Promise<Screen[]>
  screen(pizzeria: string, id: string): Promise<Screen | undefined>
  /** Writes what is given; a screen that is not known yet starts with the defaults. Returns it as it is then. */
  saveScreen(pizzeria: string, id: string, change: Partial<Omit<Screen, 'pizzeria' | 'id'>>): Promise<Screen>
  /** One that was taken away, and not dropped since. */
  removedScreen(pizzeria: string, id: string): Promise<(Screen & { removedAt: number }) | undefined>
  /** False: there was no such screen. */
  removeScreen(pizzeria: string, id: string, at: number): Promise<boolean>
  dropScreensRemovedBefore(pizzeria: string, time: number): Promise<void>
  /** Screens that count as connected but were not heard of since a time: also those of a node that died. */
  silentSince(time: number): Promise<Screen[]>
}

/** A place in a pizzeria's orders that still have their people: the last one that was looked at. */
export interface PeopleCursor {
  placedAt: number
  id: string
}

/** Which orders still say who ordered, and how they lose it. */
export interface ErasureTx {
  /** Orders that are over, were placed before a time, and still have their people; the oldest first. */
  overWithPeople(pizzeria: string, before: number, limit: number): Promise<Order[]>
  /** A page of the orders that still have their people, after a place among them; the oldest first. */
  withPeopleAfter(pizzeria: string, after: PeopleCursor, limit: number): Promise<Order[]>
  /** Those of some orders that still have their people. */
  withPeopleAmong(ids: string[]): Promise<Order[]>
  /**
   * Takes an order's people out of its row and of all its events, also those of the kitchen that carry it. Positions,
   * versions and figures MUST stay.
   */
  erasePeople(order: Order): Promise<void>
}

/** An order of a stranger that nobody has evidenced yet, under one of those it came from. */
export interface Trusted {
  pizzeria: string
  /** A hash. */
  who: string
  order: string
  /** `open` in the kitchen's queue, `held` until the counter says yes, `refused` by it or lapsed. */
  state: 'open' | 'held' | 'refused'
  /** Of several rows of an order, the one that the pizzeria's sum counts. */
  first: boolean
  pizzas: number
  /** Asked for a later time. */
  later: boolean
  at: number
  /** From then on it counts no longer. */
  until: number
}

/** What one source has in one state. */
export interface TrustSum {
  state: Trusted['state']
  orders: number
  pizzas: number
  laterPizzas: number
}

/** What strangers have used of their budgets. */
export interface BudgetsTx {
  /** When all of this budget will have come back; 0: nothing of it is used. */
  budgetUntil(what: string, who: string): Promise<number>
  keepBudget(row: { what: string; who: string; until: number }): Promise<void>
  insertTrust(row: Trusted): Promise<void>
  /** What has come from one source, by state. */
  trustOf(pizzeria: string, who: string, now: number): Promise<TrustSum[]>
  /** Pizzas that all strangers together have in the queue since a time. */
  rushPizzas(pizzeria: string, since: number): Promise<number>
  /** Who has brought how much of it, the most first. */
  rushSources(pizzeria: string, since: number): Promise<{ who: string; orders: number; pizzas: number }[]>
  /** What a source has brought in the queue since a time is held from now on, and remembered until then. */
  holdTrust(pizzeria: string, who: string, since: number, until: number): Promise<void>
  /** The pizzerias that have any of `heldInQueue`. */
  withHeldInQueue(): Promise<string[]>
  /** Orders that are held and still in the queue, with the source they are held for; at most `limit`. */
  heldInQueue(pizzeria: string, limit: number): Promise<{ order: string; who: string }[]>
  setTrust(order: string, state: Trusted['state'], until: number): Promise<void>
  dropTrust(order: string): Promise<void>
  /** Takes away what has come back or counts no longer, at most `limit` of each; returns the larger number. */
  sweepBudgets(now: number, limit: number): Promise<number>
}

/** What all nodes of an installation share, and no pizzeria has. */
export interface InstallationTx {
  secret(name: string): Promise<string | null>
  keepSecret(name: string, value: string): Promise<void>
  /** Notes orders whose people are to be erased; an order that is noted already stays as it is. */
  noteErasure(orders: string[], at: number): Promise<void>
  /** A page of the noted orders, after one of them, in the order of their ids. */
  erasedOrders(after: string, limit: number): Promise<string[]>
}

/** A browser that is told when an order is ready. */
export interface Push {
  order: string
  pizzeria: string
  endpoint: string
  p256dh: string
  auth: string
  title: string
  body: string
  at: number
}

export interface PushesTx {
  /** Writes it, or writes it anew for the same browser. */
  savePush(push: Push): Promise<void>
  /** The endpoints that an order tells. */
  pushesOf(order: string): Promise<string[]>
  /** From when on an order's browsers are to be told; null: not yet. */
  setPushesDue(order: string, at: number | null): Promise<void>
  /** Pizzerias for which something is due. */
  pizzeriasWithDuePushes(now: number): Promise<string[]>
  /**
   * What is due at a pizzeria, at most `limit`, and how often it was tried before. It is due again at `again`, unless
   * it is dropped until then.
   */
  takeDuePushes(pizzeria: string, now: number, again: number, limit: number): Promise<(Push & { tries: number })[]>
  dropPush(order: string, endpoint: string): Promise<void>
  dropPushesOf(order: string): Promise<void>
  /** Drops what was written before a time, at most `limit`; returns how many. */
  dropPushesBefore(time: number, limit: number): Promise<number>
}

/** A rehearsal that runs; its row is its life, on whatever node. */
export interface RehearsalRow {
  pizzeria: string
  id: string
  planned: number
  placed: number
  endsAt: number
  /** When its node last said that it is alive. */
  seenAt: number
}

/** Rehearsals that run: one per pizzeria at most. */
export interface RehearsalsTx {
  rehearsals(): Promise<RehearsalRow[]>
  rehearsal(pizzeria: string): Promise<RehearsalRow | null>
  /** MUST throw when the pizzeria has one. */
  insertRehearsal(rehearsal: RehearsalRow): Promise<void>
  /** False: it was ended meanwhile. */
  touchRehearsal(rehearsal: Pick<RehearsalRow, 'pizzeria' | 'id' | 'placed' | 'seenAt'>): Promise<boolean>
  dropRehearsal(pizzeria: string, id: string): Promise<void>
}

/** Who follows a pizzeria from outside. */
export interface Hook {
  id: string
  pizzeria: string
  url: string
  secret: string
  types: string[]
  /** How far they have been told. */
  epoch: string
  position: number
  /** ms since 1970, as all times here */
  createdAt: number
}

/** One message to a webhook: what happened at a position of the log. */
export interface Delivery {
  id: string
  hook: string
  pizzeria: string
  position: number
  type: string
  number: number
  at: number
  /** When it is to be sent, or tried again; null: not any more. */
  dueAt: number | null
  tries: number
  outcome: 'waiting' | 'sent' | 'dead'
  answer: string | null
}

export interface HooksTx {
  /** Webhooks that have not been told all that is in the log of this epoch. */
  hooksBehind(epoch: string): Promise<Pick<Hook, 'id' | 'pizzeria'>[]>
  hooksOf(pizzeria: string): Promise<Hook[]>
  hook(id: string): Promise<Hook | undefined>
  insertHook(hook: Hook): Promise<void>
  moveHook(id: string, epoch: string, position: number): Promise<void>
  /** With its deliveries. */
  dropHook(id: string): Promise<void>
  /** Nothing happens when it is there. */
  insertDelivery(delivery: Delivery): Promise<void>
  delivery(id: string): Promise<Delivery | undefined>
  /** The newest first, at most `limit`. */
  deliveriesOf(hook: string, limit: number): Promise<Delivery[]>
  pizzeriasWithDueDeliveries(now: number): Promise<string[]>
  /** What is due, the oldest first, at most `limit`; it is due again at `again`, unless it is settled until then. */
  takeDueDeliveries(pizzeria: string, now: number, again: number, limit: number): Promise<Delivery[]>
  settleDelivery(id: string, change: Pick<Delivery, 'tries' | 'outcome' | 'answer' | 'dueAt'>): Promise<void>
  /** Drops what happened before a time, at most `limit`; returns how many. */
  dropDeliveriesBefore(time: number, limit: number): Promise<number>
}

/** How far a reader of a pizzeria's log has come. */
export interface StoredCursor {
  reader: string
  pizzeria: string
  epoch: string
  position: number
  /** The node that reads, and until when nobody else does: ms since 1970. */
  holder: string
  heldUntil: number
}

export interface CursorsTx {
  cursor(reader: string, pizzeria: string): Promise<StoredCursor | undefined>
  keepCursor(cursor: StoredCursor): Promise<void>
}

/** What was kept of a business day. */
export interface KeptDay {
  day: string
  /** No order of the day has changed since its figures were made. */
  isFresh: boolean
  figures: DayFigures | null
}

/** Which orders of a pizzeria's past; those of rehearsals never. */
export interface HistoryFilter {
  /** A business day. */
  day?: string
  number?: number
  /** Only those that still say who ordered. */
  named?: boolean
  /** Only those before this one, the newest first. */
  before?: { placedAt: number; id: string }
}

/** History and figures. A change of an order (`OrdersTx`) MUST end the freshness of its day, or days. */
export interface FiguresTx {
  /** What was kept of the days from one to another, both included, in order. */
  days(pizzeria: string, from: string, to: string): Promise<KeptDay[]>
  /** Before a day's orders are read to make its figures. Answers with what `keepDay` needs; undefined: it has none. */
  beginDay(pizzeria: string, day: string): Promise<number | undefined>
  /** Keeps a day's figures, unless one of its orders has changed since they were begun. */
  keepDay(pizzeria: string, day: string, begun: number, figures: DayFigures): Promise<void>
  /** Days before one whose figures are no longer right, of all pizzerias. */
  staleDays(before: string, limit: number): Promise<{ pizzeria: string; day: string }[]>
  /** The last day before one that has orders. */
  dayBefore(pizzeria: string, day: string): Promise<string | undefined>
  /** A day's orders after a number, in order; without a rehearsal's. */
  ordersOfDay(pizzeria: string, day: string, after: number, limit: number): Promise<Order[]>
  /** What items are called, also those that are no longer on the menu. */
  itemNames(pizzeria: string, ids: readonly string[]): Promise<Map<string, Text>>
  /** The newest first. */
  history(pizzeria: string, filter: HistoryFilter, limit: number): Promise<Order[]>
}

/** Everything that can be asked of the database inside one transaction. No other code speaks SQL. */
export interface Tx
  extends
    LogTx,
    MenuTx,
    OrdersTx,
    NumbersTx,
    OrderListsTx,
    KitchenLoadTx,
    ShownTx,
    AnswersTx,
    ErasureTx,
    FiguresTx,
    PeopleTx,
    SetupsTx,
    RehearsalsTx,
    ScreensTx,
    BudgetsTx,
    InstallationTx,
    PhotosTx,
    PlansTx,
    PushesTx,
    CursorsTx,
    HooksTx {}

/**
 * The database, as the rest of the server sees it.
 *
 * An adapter MUST run `read` in one transaction that sees one moment only, and never an uncommitted row.
 * It MUST run `write` alone among the writers of its pizzeria, undo it whole when `work` throws, and resolve only
 * after the commit is flushed to the disk (LOG-4). It MAY run writers of different pizzerias at the same time. `null`
 * stands for what belongs to no pizzeria: such a writer MUST NOT append, and MUST NOT expect to be alone.
 * An adapter MAY flush several writers together (LOG-7), and then one that throws MUST NOT take the others with it.
 * When the database is locked or full it MUST reject with `Rejected('server.busy')` or `Rejected('server.full')` and
 * work again as soon as it can (LOG-8).
 *
 * `work` MUST NOT wait for anything but `tx`: other writers stand behind it. It MUST NOT write to another pizzeria than
 * the one it named. It MUST NOT change anything but through `tx`: it may be undone and run again, when somebody else in
 * the same flush met a full disk.
 */
export interface Store {
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  write<T>(pizzeria: string | null, work: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * A writer for what belongs to the whole installation and happens once: alone among all that call this, also on other
   * nodes that start in the same moment. It MAY write to a pizzeria that it makes itself.
   */
  alone<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Resolves when every reader and writer that waits has been answered. */
  close(): Promise<void>
}
