import { describe, expect, it } from 'vitest'
import { readConfig } from '../../server/config.ts'

const message = (env: Record<string, string>) => {
  try {
    return JSON.stringify(readConfig(env))
  } catch (error) {
    return (error as Error).message
  }
}

describe('the environment', () => {
  it('may be empty', () => {
    expect(readConfig({})).toMatchObject({
      PORT: 3000,
      DATABASE_URL: 'file:.data/comanda.db',
      databaseFile: '.data/comanda.db',
      COMANDA_DEMO: false,
      COMANDA_ORIGINS: [],
      COMANDA_LOG: 'info',
    })
  })

  it('treats an empty variable as not set', () => {
    expect(
      readConfig({
        PORT: '',
        DATABASE_URL: '',
        COMANDA_ORIGINS: '',
        COMANDA_DEMO_PIN: '',
        COMANDA_SOCKETS_PER_ADDRESS: '',
      }),
    ).toEqual(readConfig({}))
  })

  it('is parsed into what the server needs', () => {
    expect(
      readConfig({
        PORT: '0',
        DATABASE_URL: 'file:/var/lib/comanda.db',
        COMANDA_DEMO: 'true',
        COMANDA_DEMO_PIN: '2468',
        COMANDA_ORIGINS: 'https://a.example, http://b.example:8080',
        COMANDA_RETENTION_DAYS: '7',
      }),
    ).toMatchObject({
      PORT: 0,
      databaseFile: '/var/lib/comanda.db',
      COMANDA_DEMO: true,
      COMANDA_DEMO_PIN: '2468',
      COMANDA_ORIGINS: ['https://a.example', 'http://b.example:8080'],
      COMANDA_RETENTION_DAYS: 7,
    })
  })

  it.each([
    ['PORT', 'http', 'a port number from 0 to 65535'],
    ['PORT', '65536', 'a port number'],
    ['PORT', '80.5', 'a port number'],
    ['DATABASE_URL', 'mysql://db', '"file:" and a path'],
    ['DATABASE_URL', 'file:', '"file:" and a path'],
    ['REDIS_URL', 'localhost:6379', '"redis://"'],
    ['REDIS_URL', 'redis://cache:99999', '"redis://"'],
    ['REDIS_URL', 'redis://cache/first', '"redis://"'],
    ['DATABASE_URL', 'postgres://db:five/comanda', '"postgres://"'],
    ['COMANDA_DEMO', 'yes', '1 or 0'],
    ['COMANDA_ORIGINS', 'pizza.example', 'origins separated by commas'],
    ['COMANDA_ORIGINS', 'https://pizza.example/', 'origins separated by commas'],
    ['COMANDA_ORIGINS', 'https://a.example,*', 'origins separated by commas'],
    ['COMANDA_RETENTION_DAYS', '6', 'a number of days, 7 or more'],
    ['COMANDA_SOCKETS_PER_ADDRESS', '0', 'a whole number of sockets'],
    ['COMANDA_LOG', 'loud', 'debug, info, warn, error or silent'],
  ])('%s=%s stops the start with one sentence: the variable, its value, what it must be', (name, value, wants) => {
    const said = message({ [name]: value })
    expect(said).toContain(`${name} is ${JSON.stringify(value)}, but it must be `)
    expect(said).toContain(wants)
    expect(said).toMatch(/^[^\n]+\.$/)
  })

  it.each([
    ['COMANDA_DEMO_PIN', '12ab'],
    ['COMANDA_SETUP_TOKEN', 'short'],
    ['COMANDA_PUSHER', 'shop:key'],
    ['COMANDA_PUSHER', 'shop:key:short'],
    ['COMANDA_PUSHER', 'a shop:key:a-long-secret'],
    ['COMANDA_CARRIER', 'pusher://key@host/app'],
    ['COMANDA_CARRIER', 'redis://key:a-secret@host:80/app'],
    ['NUXT_SESSION_PASSWORD', 'hunter2'],
  ])('%s is never repeated', (name, value) => {
    expect(message({ [name]: value })).toMatch(new RegExp(`^${name} is not usable, but it must be `))
    expect(message({ [name]: value })).not.toContain(value)
  })

  it('reads the address of PostgreSQL, and repeats no password of an address that is wrong', () => {
    const url = 'postgres://comanda:hunter2@db/comanda'
    expect(readConfig({ DATABASE_URL: url, REDIS_URL: 'redis://cache' })).toMatchObject({
      DATABASE_URL: url,
      databaseFile: null,
      REDIS_URL: 'redis://cache',
    })
    const said = message({ DATABASE_URL: url.replace('postgres', 'mysql') })
    expect(said).toContain('mysql://…@db/comanda')
    expect(said).not.toContain('hunter2')
  })

  it.each([
    'mysql://comanda:hun/ter2@db/comanda',
    'mysql://comanda:hun@ter2@db/comanda',
    'postgres:/comanda:ter2@db/comanda',
    'postgres//comanda:ter2@db/comanda',
    'comanda:ter2@db',
    'db/comanda?user=comanda&password=ter2',
    'redis:6379?password=ter2@db',
    'host=db user=comanda password=ter2',
    'postgres://comanda:ter2:5432/comanda',
    'comanda:ter2:db:5432',
  ])('repeats no password of %s, however it is mistyped', (value) => {
    for (const name of ['DATABASE_URL', 'REDIS_URL']) {
      expect(message({ [name]: value })).toContain(`${name} is "`)
      expect(message({ [name]: value })).not.toContain('ter2')
    }
  })
})
