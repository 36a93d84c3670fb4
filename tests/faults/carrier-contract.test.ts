import { ablyUnderTest, ourPusherUnderTest, reverbUnderTest } from '../support/carriers.ts'
import { noSoketi, soketiUnderTest } from '../support/soketi.ts'
import { transportContract } from './transport-suite.ts'

if (noSoketi) console.warn(noSoketi)

transportContract({ name: 'Laravel Reverb, as it writes its frames', carrier: reverbUnderTest })
transportContract({ name: 'Ably, as far as a listener meets it', carrier: ablyUnderTest })
transportContract({ name: 'our own Pusher server', carrier: ourPusherUnderTest })
transportContract({ name: 'Soketi', carrier: soketiUnderTest, skip: noSoketi })
