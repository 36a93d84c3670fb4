import { sql } from 'drizzle-orm'
import type { MenuDocument } from '../shared/menu/document.ts'
import type { MenuItem, MenuTopping } from '../shared/menu/menu.ts'
import type { PizzeriaSettings } from '../shared/menu/pizzeria.ts'
import type { DayFigures } from '../shared/figures/day.ts'
import type { Order } from '../shared/order/order.ts'
import type { ScreenReport } from '../shared/order/views.ts'
import type { ScreenSettings } from '../shared/kitchen/screen-settings.ts'
import type { Columns } from './columns.ts'

/** The tables, written once for both dialects. Times are milliseconds since 1970, UTC. */
export function defineSchema({
  table,
  text,
  integer,
  boolean,
  timestamp,
  json,
  document,
  index,
  uniqueIndex,
  primaryKey,
}: Columns) {
  /** One row: what belongs to the whole database. */
  const log = table('log', {
    id: integer('id').primaryKey(),
    /** A random word, new when the database is created or restored; cursors of another epoch are refused. */
    epoch: text('epoch').notNull(),
    /**
     * The time that is trusted: it follows the machine's clock, but not a jump of it until staff have confirmed the new
     * time.
     */
    trustedAt: timestamp('trusted_at'),
    /** How long the machine had been up then (ms), in which of its boots, and how far off its clock was (ms). */
    trustedUp: timestamp('trusted_up'),
    trustedBoot: text('trusted_boot'),
    clockOff: timestamp('clock_off'),
  })

  /** The partition: every order, event and position belongs to exactly one. */
  const pizzerias = table('pizzerias', {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    currency: text('currency').notNull(),
    timezone: text('timezone').notNull(),
    settings: document<PizzeriaSettings>('settings').notNull(),
    pausedUntil: timestamp('paused_until'),
    busyMinutes: integer('busy_minutes').notNull().default(0),
    /** Head of the log: the position of the newest event. */
    position: integer('position').notNull().default(0),
    /** The oldest position that is still kept. */
    oldest: integer('oldest').notNull().default(1),
    menuVersion: integer('menu_version').notNull().default(0),
    /** Written by builds before `numbers`, and not changed since. */
    day: text('day').notNull().default(''),
    lastNumber: integer('last_number').notNull().default(0),
    /** How many days an order keeps personal data; null: nobody has decided yet, and nothing is erased. */
    peopleKeptDays: integer('people_kept_days'),
    /** ISO 3166-1 alpha-2: how a phone number without a country is read. */
    country: text('country').notNull().default('FR'),
    phone: text('phone'),
    address: text('address'),
    /** How often somebody's session was ended here: channels of a foreign carrier have a new name after each. */
    revocations: integer('revocations').notNull().default(0),
  })

  /** The last number given, by business day; a rehearsal's orders are numbered separately. */
  const numbers = table(
    'numbers',
    {
      pizzeria: text('pizzeria')
        .notNull()
        .references(() => pizzerias.id),
      day: text('day').notNull(),
      test: boolean('test').notNull(),
      last: integer('last').notNull(),
    },
    (t) => [primaryKey({ columns: [t.pizzeria, t.day, t.test] })],
  )

  /** A running rehearsal, on whatever node; it runs for as long as its row exists. */
  const rehearsals = table('rehearsals', {
    pizzeria: text('pizzeria')
      .primaryKey()
      .references(() => pizzerias.id),
    id: text('id').notNull(),
    planned: integer('planned').notNull(),
    placed: integer('placed').notNull().default(0),
    endsAt: timestamp('ends_at').notNull(),
    /** When its node was last alive: a node that died leaves the row behind. */
    seenAt: timestamp('seen_at').notNull(),
  })

  const events = table(
    'events',
    {
      pizzeria: text('pizzeria')
        .notNull()
        .references(() => pizzerias.id),
      position: integer('position').notNull(),
      id: text('id').notNull(),
      /** `order:{tracking}`, `menu`, or `kitchen`. */
      subject: text('subject').notNull(),
      version: integer('version').notNull(),
      type: text('type').notNull(),
      at: timestamp('at').notNull(),
      actor: text('actor').notNull(),
      /** A member of staff, by id, or `screen:{device}`; null: not one of the pizzeria's people, or an older build. */
      by: text('by'),
      /** The whole state after the change; what an audience may see of it is decided when it is read. */
      data: json<unknown>('data').notNull(),
    },
    (t) => [primaryKey({ columns: [t.pizzeria, t.position] }), index('events_subject').on(t.subject, t.version)],
  )

  const orders = table(
    'orders',
    {
      id: text('id').primaryKey(),
      pizzeria: text('pizzeria')
        .notNull()
        .references(() => pizzerias.id),
      tracking: text('tracking').notNull(),
      day: text('day').notNull(),
      number: integer('number').notNull(),
      /** Belongs to a rehearsal, which has its own numbers. */
      test: boolean('test').notNull().default(false),
      state: text('state').notNull(),
      /** Its number of pizzas: the unit of the make-line's and the oven's load. */
      pizzas: integer('pizzas').notNull(),
      promiseAt: timestamp('promise_at').notNull(),
      placedAt: timestamp('placed_at').notNull(),
      updatedAt: timestamp('updated_at').notNull(),
      /** When the kitchen got it, and when a screen proved that it shows it. */
      queuedAt: timestamp('queued_at'),
      shownAt: timestamp('shown_at'),
      /** Which of its lines screens have painted, until all of them are painted (`prove`). */
      painted: json<string[]>('painted'),
      /** How far an order that no screen proved to show has escalated: 0 to 3. */
      unseen: integer('unseen').notNull().default(0),
      /** Log position of its newest event: a screen that painted up to here has painted it. */
      position: integer('position').notNull(),
      /** What must be refunded to its customer, minor units: paid, and cancelled or amended since. */
      owed: integer('owed').notNull().default(0),
      /** The order still says who ordered; false once the personal data is erased. */
      people: boolean('people').notNull().default(true),
      /** Who ordered, by their number (E.164), to be found while they ring; null once it is erased. */
      phone: text('phone'),
      body: json<Order>('body').notNull(),
    },
    (t) => [
      uniqueIndex('orders_tracking').on(t.tracking),
      uniqueIndex('orders_number').on(t.pizzeria, t.day, t.test, t.number),
      index('orders_state').on(t.pizzeria, t.state, t.updatedAt),
      // Each index costs every order about a twentieth of its CPU time, so there is none that another can stand in for.
      // What the scheduled tasks query every few seconds, over all pizzerias: a few orders, however long the history.
      index('orders_unseen')
        .on(t.queuedAt)
        .where(sql`${t.state} = 'queued' and ${t.shownAt} is null`),
      index('orders_due')
        .on(t.promiseAt)
        .where(sql`${t.state} = 'scheduled'`),
      index('orders_waiting')
        .on(t.updatedAt)
        .where(sql`${t.state} = 'pending'`),
      index('orders_phone')
        .on(t.pizzeria, t.phone, t.placedAt)
        .where(sql`${t.phone} is not null`),
      index('orders_owed')
        .on(t.pizzeria)
        .where(sql`${t.owed} > 0`),
      // The history, the newest first: of those that still say who ordered, and of the others.
      index('orders_history').on(t.pizzeria, t.people, t.placedAt, t.id),
    ],
  )

  /**
   * What the orders of a business day come to (`addOrder`), made when somebody asks, or by the clockwork. They are
   * right while `folded` equals `changes`; -2: they are being made; otherwise, or without a row, they have yet to be.
   * The first change of an order after that counts `changes` up; further ones find nothing to do, and write nothing.
   */
  const days = table(
    'days',
    {
      pizzeria: text('pizzeria')
        .notNull()
        .references(() => pizzerias.id),
      day: text('day').notNull(),
      changes: integer('changes').notNull(),
      folded: integer('folded').notNull().default(-1),
      body: json<DayFigures | null>('body'),
    },
    (t) => [
      primaryKey({ columns: [t.pizzeria, t.day] }),
      index('days_stale')
        .on(t.day)
        .where(sql`${t.folded} <> ${t.changes}`),
    ],
  )

  const items = table(
    'items',
    {
      pizzeria: text('pizzeria')
        .notNull()
        .references(() => pizzerias.id),
      id: text('id').notNull(),
      sort: integer('sort').notNull(),
      available: boolean('available').notNull().default(true),
      /** When it comes back by itself. */
      until: timestamp('until'),
      stock: integer('stock'),
      /** No longer on the menu; orders that sold it keep its id for ever. */
      archived: boolean('archived').notNull().default(false),
      body: json<Omit<MenuItem, 'available' | 'until' | 'stock'>>('body').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.pizzeria, t.id] }),
      index('items_back')
        .on(t.until)
        .where(sql`${t.available} = false`),
    ],
  )

  const toppings = table(
    'toppings',
    {
      pizzeria: text('pizzeria')
        .notNull()
        .references(() => pizzerias.id),
      id: text('id').notNull(),
      sort: integer('sort').notNull(),
      available: boolean('available').notNull().default(true),
      until: timestamp('until'),
      archived: boolean('archived').notNull().default(false),
      body: json<Omit<MenuTopping, 'available' | 'until'>>('body').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.pizzeria, t.id] }),
      index('toppings_back')
        .on(t.until)
        .where(sql`${t.available} = false`),
    ],
  )

  /** A menu that is to be published at a time: one of a pizzeria at most. */
  const plans = table(
    'menu_plans',
    {
      pizzeria: text('pizzeria')
        .primaryKey()
        .references(() => pizzerias.id),
      at: timestamp('at').notNull(),
      /** The published menu that it was made from. */
      base: json<MenuDocument>('base').notNull(),
      menu: json<MenuDocument>('menu').notNull(),
      /** Who planned it: a member of staff, by id. */
      by: text('by'),
      /** The code of why it could not be published at its time; it then waits for a person. */
      trouble: text('trouble'),
    },
    (t) => [
      index('menu_plans_due')
        .on(t.at)
        .where(sql`${t.trouble} is null`),
    ],
  )

  /** Uploaded pictures. The id is the hash of the bytes with their ending, so a picture never changes under it. */
  const photos = table(
    'photos',
    {
      pizzeria: text('pizzeria')
        .notNull()
        .references(() => pizzerias.id),
      id: text('id').notNull(),
      at: timestamp('at').notNull(),
      /** Base64: the one form that both databases, a backup and a move treat alike. */
      data: text('data').notNull(),
    },
    (t) => [primaryKey({ columns: [t.pizzeria, t.id] }), index('photos_id').on(t.id)],
  )

  /**
   * Answers that were given, so that a repeated request gets the same one; `response` holds what is needed to give it
   * again.
   */
  const idempotency = table(
    'idempotency',
    {
      scope: text('scope').notNull(),
      key: text('key').notNull(),
      bodyHash: text('body_hash').notNull(),
      response: json<unknown>('response').notNull(),
      at: timestamp('at').notNull(),
    },
    (t) => [primaryKey({ columns: [t.scope, t.key] }), index('idempotency_at').on(t.at)],
  )

  const staff = table(
    'staff',
    {
      id: text('id').primaryKey(),
      pizzeria: text('pizzeria')
        .notNull()
        .references(() => pizzerias.id),
      name: text('name').notNull(),
      role: text('role').notNull(),
      /** scrypt, with its salt and cost. */
      pinHash: text('pin_hash').notNull(),
      /** A PIN of an earlier build, or one that a manager has given: whoever signs in with it must choose another. */
      mustChangePin: boolean('must_change_pin').notNull().default(true),
      /** When they left; their name stays for what they did. */
      removedAt: timestamp('removed_at'),
    },
    (t) => [index('staff_pizzeria').on(t.pizzeria)],
  )

  /** A sign-in or a paired screen. A cookie's rights end when its row does. */
  const sessions = table(
    'sessions',
    {
      id: text('id').primaryKey(),
      pizzeria: text('pizzeria')
        .notNull()
        .references(() => pizzerias.id),
      kind: text('kind').notNull(),
      role: text('role').notNull(),
      name: text('name').notNull(),
      /** The kitchen screen that a session of kind `screen` belongs to. */
      screen: text('screen'),
      /** The member it belongs to, for kind `staff`; null where an earlier build began it. */
      member: text('member'),
      createdAt: timestamp('created_at').notNull(),
      expiresAt: timestamp('expires_at').notNull(),
      endedAt: timestamp('ended_at'),
    },
    (t) => [
      index('sessions_screen').on(t.screen),
      index('sessions_member').on(t.member),
      index('sessions_expiry').on(t.expiresAt),
      index('sessions_ended')
        .on(t.endedAt)
        .where(sql`${t.endedAt} is not null`),
    ],
  )

  /** One-time links that open a pizzeria. A used one is kept, so that somebody who opens it again is told so. */
  const setups = table('setups', {
    tokenHash: text('token_hash').primaryKey(),
    expiresAt: timestamp('expires_at').notNull(),
    usedAt: timestamp('used_at'),
    /** The pizzeria that it opened. */
    pizzeria: text('pizzeria'),
  })

  /** Kitchen screens: their settings, and their health when last heard of. The id is the device's own. */
  const screens = table(
    'screens',
    {
      pizzeria: text('pizzeria')
        .notNull()
        .references(() => pizzerias.id),
      id: text('id').notNull(),
      name: text('name').notNull(),
      paired: boolean('paired').notNull().default(false),
      settings: json<ScreenSettings>('settings').notNull(),
      connected: boolean('connected').notNull().default(false),
      seenAt: timestamp('seen_at').notNull(),
      shownPosition: integer('shown_position').notNull().default(0),
      report: json<ScreenReport>('report').notNull(),
      /** When it was taken away; for a while it can be brought back. */
      removedAt: timestamp('removed_at'),
    },
    (t) => [
      primaryKey({ columns: [t.pizzeria, t.id] }),
      index('screens_connected')
        .on(t.seenAt)
        .where(sql`${t.connected} = true`),
    ],
  )

  /** A screen that shows a code and waits for somebody to enter it. */
  const pairings = table(
    'pairings',
    {
      code: text('code').primaryKey(),
      /** Hash of the token with which the screen asks whether it has been paired. */
      tokenHash: text('token_hash').notNull(),
      device: text('device').notNull(),
      pizzeria: text('pizzeria'),
      session: text('session'),
      expiresAt: timestamp('expires_at').notNull(),
    },
    (t) => [uniqueIndex('pairings_token').on(t.tokenHash), index('pairings_expiry').on(t.expiresAt)],
  )

  /**
   * How much of a budget is used: one row for each source that used some lately. `until`: when it will be full again; a
   * moment in the past means unused.
   */
  const budgets = table(
    'budgets',
    {
      what: text('what').notNull(),
      /** A hash, because addresses and phone numbers must not be readable. */
      who: text('who').notNull(),
      until: timestamp('until').notNull(),
    },
    (t) => [primaryKey({ columns: [t.what, t.who] }), index('budgets_until').on(t.until)],
  )

  /** Strangers' orders that staff have not acted on yet, once for each of their sources: address, phone, table. */
  const trust = table(
    'trust',
    {
      pizzeria: text('pizzeria')
        .notNull()
        .references(() => pizzerias.id),
      who: text('who').notNull(),
      order: text('order').notNull(),
      /** `open` in the kitchen's queue, `held` until the counter accepts it, `refused` by the counter or lapsed. */
      state: text('state').notNull(),
      /** Of several rows of an order, the one that the pizzeria's sum counts. */
      first: boolean('first').notNull(),
      pizzas: integer('pizzas').notNull(),
      /** The customer asked for a later time. */
      later: boolean('later').notNull(),
      at: timestamp('at').notNull(),
      /** It no longer counts from then on. */
      until: timestamp('until').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.pizzeria, t.who, t.order] }),
      index('trust_order').on(t.order),
      index('trust_until').on(t.until),
      index('trust_rush').on(t.pizzeria, t.state, t.first, t.at),
      index('trust_held')
        .on(t.pizzeria)
        .where(sql`${t.state} = 'held'`),
    ],
  )

  /**
   * Secrets of the installation that all of its nodes share. Without other nodes they lie in a file beside the
   * database, which a copy of the database does not hold.
   */
  const secrets = table('secrets', {
    name: text('name').primaryKey(),
    value: text('value').notNull(),
  })

  /** Orders whose people were erased, or are to be once they are over; without other nodes, a file as well. */
  const erasures = table('erasures', {
    order: text('order').primaryKey(),
    at: timestamp('at').notNull(),
  })

  /** Browsers that are told when an order is ready (Web Push); gone when the order is over. */
  const pushes = table(
    'pushes',
    {
      order: text('order').notNull(),
      endpoint: text('endpoint').notNull(),
      pizzeria: text('pizzeria')
        .notNull()
        .references(() => pizzerias.id),
      p256dh: text('p256dh').notNull(),
      auth: text('auth').notNull(),
      title: text('title').notNull(),
      body: text('body').notNull(),
      at: timestamp('at').notNull(),
      /** When it is to be sent, or tried again; null: not yet. */
      dueAt: timestamp('due_at'),
      tries: integer('tries').notNull().default(0),
    },
    (t) => [
      primaryKey({ columns: [t.order, t.endpoint] }),
      index('pushes_due')
        .on(t.dueAt)
        .where(sql`${t.dueAt} is not null`),
      index('pushes_at').on(t.at),
    ],
  )

  /** How far a reader of the log has come, and which node reads for it until when. */
  const cursors = table(
    'cursors',
    {
      reader: text('reader').notNull(),
      pizzeria: text('pizzeria')
        .notNull()
        .references(() => pizzerias.id),
      epoch: text('epoch').notNull(),
      position: integer('position').notNull(),
      holder: text('holder').notNull(),
      heldUntil: timestamp('held_until').notNull(),
    },
    (t) => [primaryKey({ columns: [t.reader, t.pizzeria] })],
  )

  /** Who follows a pizzeria from outside, and how far they have been told. */
  const hooks = table(
    'hooks',
    {
      id: text('id').primaryKey(),
      pizzeria: text('pizzeria')
        .notNull()
        .references(() => pizzerias.id),
      url: text('url').notNull(),
      secret: text('secret').notNull(),
      types: json<string[]>('types').notNull(),
      epoch: text('epoch').notNull(),
      position: integer('position').notNull(),
      createdAt: timestamp('created_at').notNull(),
    },
    (t) => [index('hooks_pizzeria').on(t.pizzeria)],
  )

  /** What a webhook is told: the place in the log alone, so that who is erased there is erased here. */
  const deliveries = table(
    'deliveries',
    {
      id: text('id').primaryKey(),
      hook: text('hook')
        .notNull()
        .references(() => hooks.id),
      pizzeria: text('pizzeria')
        .notNull()
        .references(() => pizzerias.id),
      position: integer('position').notNull(),
      type: text('type').notNull(),
      number: integer('number').notNull(),
      at: timestamp('at').notNull(),
      /** When it is to be sent, or tried again; null: not any more. */
      dueAt: timestamp('due_at'),
      tries: integer('tries').notNull(),
      outcome: text('outcome').notNull(),
      answer: text('answer'),
    },
    (t) => [
      index('deliveries_due')
        .on(t.dueAt)
        .where(sql`${t.dueAt} is not null`),
      index('deliveries_hook').on(t.hook, t.position),
      index('deliveries_at').on(t.at),
    ],
  )

  return {
    cursors,
    hooks,
    deliveries,
    log,
    secrets,
    erasures,
    pushes,
    budgets,
    trust,
    pizzerias,
    numbers,
    days,
    rehearsals,
    events,
    orders,
    items,
    toppings,
    plans,
    photos,
    idempotency,
    staff,
    sessions,
    setups,
    screens,
    pairings,
  }
}

export type Schema = ReturnType<typeof defineSchema>
