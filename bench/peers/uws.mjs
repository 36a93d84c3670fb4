import { createRequire } from 'node:module'

/** uWebSockets.js, a server in C++. Plain JavaScript: the Node.js that it is built for reads no TypeScript. */
const { folder } = JSON.parse(process.argv[2])
const uws = createRequire(`${folder}/`)('uwebsockets')
let position = 0

const app = uws
  .App()
  .ws('/*', {
    idleTimeout: 0,
    maxBackpressure: 16 * 1024 * 1024,
    open: (socket) => void socket.subscribe('all'),
  })
  .post('/publish', (response) => {
    let body = ''
    response.onAborted(() => {})
    response.onData((part, isLast) => {
      body += Buffer.from(part).toString()
      if (!isLast) return
      app.publish('all', JSON.stringify({ ...JSON.parse(body), position: ++position }))
      response.writeStatus('204 No Content').end()
    })
  })
app.listen('127.0.0.1', 0, (token) => {
  process.stdout.write(`${JSON.stringify({ port: uws.us_socket_local_port(token) })}\n`)
})
