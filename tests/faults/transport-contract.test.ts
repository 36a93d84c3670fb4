import { transports } from '../../shared/live/client/types.ts'
import { transportContract } from './transport-suite.ts'

for (const transport of transports) transportContract({ transport })
