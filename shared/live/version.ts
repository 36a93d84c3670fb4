/**
 * The wire's version; its history is in `messages.ts`. It is a file of its own, so that a phone need not load the
 * schemas.
 */
export const protocol = 1
export const subprotocol = 'comanda.v1'
