// Follows one stream over Server-Sent Events, with nothing but Node.
// node docs/clients/node.mjs http://localhost:3000 menu:napoli [token]
// Prints a line for each snapshot and each event. Ends when it is refused, or when nothing can follow any more.
import { setTimeout as wait } from 'node:timers/promises'

const [base, stream, token] = process.argv.slice(2)
const address = `${base}/api/streams/${stream}`
const key = token ? { authorization: `Bearer ${token}` } : {}
const say = (line) => console.log(JSON.stringify(line))
let epoch, position

for (let failures = 0; ; failures++) {
  if (failures > 0) await wait(Math.random() * Math.min(8000, 250 * 2 ** failures))
  const line = new AbortController()
  // Two heartbeats missed: the line is dead, although nobody has said so.
  let silence = setTimeout(() => line.abort(), 25_000)
  try {
    if (epoch === undefined) await takeSnapshot(line)
    const answer = await ask(`${address}/sse`, line, { 'last-event-id': `${epoch}:${position}` })
    if (answer.status === 204) process.exit(0)
    let text = ''
    for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
      silence.refresh()
      failures = 0
      const blocks = (text + part).split('\n\n')
      text = blocks.pop()
      for (const block of blocks) {
        const data = block.split('\n').find((row) => row.startsWith('data: '))
        if (data) hear(JSON.parse(data.slice(6)))
      }
    }
  } catch (error) {
    if (error.refused) process.exit(say({ refused: error.refused }) ?? 1)
  } finally {
    clearTimeout(silence)
    line.abort()
  }
}

async function ask(url, line, more) {
  const answer = await fetch(url, { headers: { ...key, ...more }, signal: line.signal })
  if (answer.ok) return answer
  const { error } = await answer.json()
  // What is not retryable would be answered the same again.
  throw Object.assign(new Error(error.message), !error.retryable && { refused: error.code })
}

async function takeSnapshot(line) {
  const snapshot = await (await ask(address, line)).json()
  ;({ epoch, position } = snapshot)
  say({ snapshot: position, state: snapshot.state })
}

function hear(message) {
  if (message.kind === 'resync' || (message.kind === 'event' && message.position > position + 1)) epoch = undefined
  if (epoch === undefined) throw new Error('a snapshot is needed')
  if (message.kind !== 'event' || message.position <= position) return
  position = message.position
  say({ event: position, type: message.type, data: message.data })
}
