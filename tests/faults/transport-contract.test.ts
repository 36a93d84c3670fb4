import { transportContract } from './transport-suite.ts'

transportContract({ transport: 'websocket', events: true })
transportContract({ transport: 'sse', events: true })
transportContract({ transport: 'polling', events: false })
