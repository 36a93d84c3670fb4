/**
 * The wire's version; its history stands in `messages.ts`. Apart from it, so that a phone need not load the schemas.
 */
export const protocol = 1
export const subprotocol = 'comanda.v1'
