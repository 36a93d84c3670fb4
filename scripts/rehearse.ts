import { parseArgs } from 'node:util'
import { createInterface } from 'node:readline/promises'

/**
 * `npm run rehearse`: a made-up Friday night on a running Comanda, as demo, load test and training in one. Its orders
 * are marked TEST and are taken off the screens at the end, or on Ctrl-C.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: `http://localhost:${process.env.PORT || 3000}` },
    pizzeria: { type: 'string', default: 'napoli' },
    minutes: { type: 'string', default: '30' },
    peak: { type: 'string', default: '239' },
    seed: { type: 'string' },
    unstaffed: { type: 'boolean', default: false },
  },
})
const address = `${values.url}/api/pizzerias/${values.pizzeria}/rehearsal`

async function call<T>(url: string, method: string, body?: object, token?: string): Promise<T> {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: body && JSON.stringify(body),
  }).catch(() => {
    throw new Error(`No Comanda answers at ${values.url}. Start it with "npm start", or say where it is with --url.`)
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${url} was refused with ${answer.status}: ${text}`)
  return text ? (JSON.parse(text) as T) : (undefined as T)
}

async function askPin(): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return await lines.question("The manager's PIN: ")
  } finally {
    lines.close()
  }
}

interface View {
  running: boolean
  placed: number
  planned: number
  endsAt: string | null
}

try {
  const pin = process.env.COMANDA_PIN || process.env.COMANDA_DEMO_PIN || (await askPin())
  const { token } = await call<{ token: string }>(`${values.url}/api/staff/sign-in`, 'POST', {
    pizzeria: values.pizzeria,
    pin,
    role: 'manager',
    token: true,
  })
  const view = await call<View>(
    address,
    'POST',
    { minutes: Number(values.minutes), peak: Number(values.peak), staffed: !values.unstaffed, seed: values.seed },
    token,
  )
  console.log(
    `A Friday night of ${values.minutes} minutes: ${view.planned} orders, up to ${values.peak} pizzas an hour. ` +
      `Ctrl-C ends it.`,
  )
  process.once('SIGINT', () => void call(address, 'DELETE', undefined, token).finally(() => process.exit(0)))
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 5000))
    const now = await call<View>(address, 'GET', undefined, token)
    if (!now.running) break
    console.log(`${now.placed} of ${now.planned} orders placed`)
  }
  console.log('The night is over, and its orders are off the screens.')
} catch (error) {
  console.error((error as Error).message)
  process.exit(1)
}
