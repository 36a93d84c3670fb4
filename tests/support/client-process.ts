import { createInterface } from 'node:readline'
import { openReader } from './live-reader.ts'

/**
 * A kitchen screen as a process: `node client-process.ts <url> <cookie>`; each input line is answered with its state.
 */
const [url, cookie] = process.argv.slice(2) as [string, string]
const reader = openReader({ url }, 'kitchen:napoli', { cookie })

createInterface(process.stdin)
  .on('line', () =>
    console.log(
      JSON.stringify({
        status: reader.status().name,
        position: reader.at().position,
        faults: reader.faults,
        orders: reader.orders.size,
      }),
    ),
  )
  .on('close', () => process.exit())
