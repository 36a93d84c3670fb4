import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65535)
const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true')
/**
 * Where a foreign carrier is, and with what it is spoken to. `sockets`: where browsers find it, a `ws:` or `wss:`
 * address without a last slash.
 */
export type Carrier = { host: string; port: number; sockets: string } & (
  { kind: 'pusher'; id: string; key: string; secret: string } | { kind: 'ably'; key: string }
)

const elsewhere = String.raw`(?:\?sockets=(wss?:\/\/[\w.:-]+))?$`
const pusherAddress = new RegExp(
  String.raw`^pusher:\/\/([\w-]{1,64}):([^@\s]{6,200})@([\w.-]+)(?::(\d{1,5}))?\/([\w-]{1,64})${elsewhere}`,
)
const ablyAddress = new RegExp(String.raw`^ably:\/\/([\w-]+\.[\w-]+:[\w-]+)(?:@([\w.-]+):(\d{1,5}))?${elsewhere}`)

/** Reads the address of a carrier; null when it is none. Port 443, which is where the bought ones are, means HTTPS. */
function readCarrier(value: string): Carrier | null {
  const [, key, secret, host, port = '443', id, sockets] = pusherAddress.exec(value) ?? []
  if (key) {
    const place = placeOf(host!, port, sockets ?? socketsOf(host!.replace(/^api-(?=.+\.pusher\.com$)/, 'ws-'), port))
    return { kind: 'pusher', id: id!, key, secret: secret!, ...place }
  }
  const [, ablyKey, ablyHost = 'rest.ably.io', ablyPort = '443', ablySockets] = ablyAddress.exec(value) ?? []
  if (!ablyKey) return null
  const place = placeOf(
    ablyHost,
    ablyPort,
    ablySockets ?? socketsOf(ablyHost.replace(/^rest\./, 'realtime.'), ablyPort),
  )
  return { kind: 'ably', key: ablyKey, ...place }
}
const placeOf = (host: string, port: string, sockets: string) => ({ host, port: Number(port), sockets })
const socketsOf = (host: string, port: string) => `${port === '443' ? 'wss' : 'ws'}://${host}:${port}`

const origin = z
  .string()
  .transform((value) => value.trim())
  .refine((value) => URL.canParse(value) && new URL(value).origin === value)

/** For each variable: how it is read, and in words what it must be. */
const variables = {
  PORT: { schema: port.default(3000), wants: 'a port number from 0 to 65535' },
  DATABASE_URL: {
    schema: z
      .string()
      .regex(/^(?:file:.+|postgres(?:ql)?:\/\/.+)/)
      .refine((value) => value.startsWith('file:') || URL.canParse(value))
      .default('file:.data/comanda.db'),
    wants: '"file:" and a path, for example file:.data/comanda.db, or "postgres://" and an address',
  },
  REDIS_URL: {
    schema: z
      .string()
      .regex(/^rediss?:\/\/.+/)
      .refine((value) => URL.canParse(value) && /^\/?\d*$/.test(new URL(value).pathname))
      .optional(),
    wants: '"redis://" or "rediss://" and an address, for example redis://localhost:6379',
  },
  COMANDA_DEMO: { schema: flag.default(false), wants: '1 or 0' },
  COMANDA_DEMO_PIN: {
    schema: z
      .string()
      .regex(/^\d{4,8}$/)
      .optional(),
    wants: '4 to 8 digits',
  },
  COMANDA_SETUP_TOKEN: {
    schema: z
      .string()
      .regex(/^[\w.~-]{8,200}$/)
      .optional(),
    wants: '8 to 200 letters, digits, dots, dashes or underscores',
  },
  COMANDA_CARRIER: {
    schema: z
      .string()
      .transform(readCarrier)
      .refine((carrier) => carrier !== null)
      .optional(),
    wants: 'pusher://key:secret@host:port/app-id or ably://key',
  },
  COMANDA_PUSHER: {
    schema: z
      .string()
      .regex(/^[\w-]{1,64}:[\w-]{1,64}:[\x21-\x7E]{6,200}$/)
      .transform((value) => {
        const [id, key, ...secret] = value.split(':') as [string, string, ...string[]]
        return { id, key, secret: secret.join(':') }
      })
      .optional(),
    wants: 'app-id:key:secret, with a secret of 6 characters or more',
  },
  COMANDA_PUSHER_WEBHOOKS: {
    schema: z
      .string()
      .transform((list) => list.split(',').filter(Boolean))
      .pipe(z.array(z.url({ protocol: /^https?$/ })))
      .default([]),
    wants: 'addresses that begin with https:// or http://, separated by commas',
  },
  COMANDA_ORIGINS: {
    schema: z
      .string()
      .transform((list) => list.split(',').filter(Boolean))
      .pipe(z.array(origin))
      .default([]),
    wants: 'origins separated by commas, for example https://pizza.example',
  },
  COMANDA_PUSH_SERVICES: {
    schema: z
      .string()
      .transform((list) => list.split(',').filter(Boolean))
      .pipe(z.array(origin))
      .default([]),
    wants: 'origins of push services of your own, separated by commas',
  },
  COMANDA_WEBHOOKS_INSIDE: {
    schema: z
      .string()
      .transform((list) => list.split(',').filter(Boolean))
      .pipe(z.array(origin))
      .default([]),
    wants: 'origins in your own network that webhooks may go to, separated by commas',
  },
  COMANDA_CONTACT: {
    schema: z
      .string()
      .regex(/^(?:mailto:[^@\s]+@\S+|https:\/\/\S+)$/)
      .default('mailto:pizzeria@example.com'),
    wants: 'an address that push services may write to: mailto:… or https://…',
  },
  COMANDA_RETENTION_DAYS: {
    schema: z.coerce.number().min(7).max(3650).default(30),
    wants: 'a number of days, 7 or more',
  },
  COMANDA_PROXIES: {
    schema: z.coerce.number().int().min(0).max(9).default(0),
    wants: 'how many proxies of yours stand in front, 0 to 9',
  },
  COMANDA_SOCKETS_PER_ADDRESS: {
    schema: z.coerce.number().int().min(1).default(500),
    wants: 'a whole number of sockets',
  },
  COMANDA_METRICS_TOKEN: {
    schema: z
      .string()
      .regex(/^[\x21-\x7E]{16,}$/)
      .optional(),
    wants: '16 or more letters, digits and signs without spaces',
  },
  COMANDA_LOG: {
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    wants: 'debug, info, warn, error or silent',
  },
  NUXT_APP_BASE_URL: {
    schema: z
      .string()
      .regex(/^\/(?:[\w.~-]+\/)*$/)
      .default('/'),
    wants: 'a path that begins and ends with a slash, for example /pizza/',
  },
  NUXT_SESSION_PASSWORD: { schema: z.string().min(32).optional(), wants: 'at least 32 characters' },
} as const

/** Variables whose value is said to nobody. */
const secret = /PASSWORD|PIN|TOKEN|PUSHER|CARRIER/

type Variables = { [Name in keyof typeof variables]: z.infer<(typeof variables)[Name]['schema']> }

export interface Config extends Variables {
  /** Path of the database file; null on PostgreSQL, where several nodes share everything. */
  databaseFile: string | null
}

/** Reads the environment. Throws one sentence that names the variable, what it was set to and what it must be. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const read: Record<string, unknown> = {}
  for (const [name, { schema, wants }] of Object.entries(variables)) {
    // An empty variable counts as not set: that is how shells and unit files switch a variable off.
    const result = schema.safeParse(env[name] || undefined)
    if (!result.success)
      throw new Error(
        `${name} is ` +
          `${secret.test(name) ? 'not usable' : JSON.stringify(withoutPassword(env[name]!))}, but ` +
          `it must be ${wants}.`,
      )
    read[name] = result.data
  }
  const config = read as unknown as Variables
  const file = /^file:(.+)/.exec(config.DATABASE_URL)
  return { ...config, databaseFile: file?.[1] ?? null }
}

/**
 * Addresses may hold one, and what is printed at a start is kept by somebody. Whoever mistyped the address may have
 * mistyped what stands around the password, so everything up to the last @ goes, and every parameter; and where there
 * is no @, everything after the first of two colons, or after an equals sign.
 */
export const withoutPassword = (value: string) =>
  value
    .replace(/\?.*$/s, '?…')
    .replace(/^([a-z][a-z\d+.-]*:\/{0,2})?.*@/is, '$1…@')
    .replace(/^([^@]*?(?:=|:(?!\/\/)(?=.*:))).+$/s, '$1…')
