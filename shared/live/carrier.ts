/** The protocols that foreign carriers speak. */
export const carrierKinds = ['pusher', 'ably'] as const
export type CarrierKind = (typeof carrierKinds)[number]

/**
 * The way to a stream over the installation's foreign carrier, for whoever may open the stream: where the carrier
 * listens (`ws:` or `wss:`), and the channel's name until it is said to have moved.
 */
export interface CarrierWay {
  transport: CarrierKind
  url: string
  channel: string
}

/** Whether a channel needs a signature of ours for each socket. */
export const isSigned = (channel: string) => channel.startsWith('private-')
