import type { Peer } from '../fanout.ts'

export const peerNames: Record<Peer, string> = {
  comanda: '**Comanda**, WebSocket',
  'comanda-sse': '**Comanda**, SSE',
  'ws-naive': '`ws`, sent to each',
  'ws-once': '`ws`, frame built once',
  'socket-io': 'socket.io',
  crossws: 'crossws alone',
  uws: 'uWebSockets.js',
  nchan: 'nginx with nchan',
}
