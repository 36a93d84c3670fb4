/**
 * Why a connection ended, and what the client does about it: one table for both sides. 44xx: trying again would end the
 * same way, so stop and tell the user. 45xx and the codes of RFC 6455: reconnect.
 */
export const closeCodes = {
  1000: { name: 'done', retry: true },
  1001: { name: 'going_away', retry: true },
  1006: { name: 'cut', retry: true },
  1007: { name: 'invalid_text', retry: false },
  1008: { name: 'policy', retry: false },
  1009: { name: 'too_big', retry: false },
  1011: { name: 'server_error', retry: true },
  1012: { name: 'restart', retry: true },
  1013: { name: 'try_later', retry: true },
  4400: { name: 'bad_message', retry: false },
  4401: { name: 'sign_in', retry: false },
  4403: { name: 'forbidden', retry: false },
  4404: { name: 'no_such_stream', retry: false },
  4408: { name: 'no_hello', retry: false },
  4409: { name: 'replaced', retry: false },
  4426: { name: 'reload', retry: false },
  4500: { name: 'error', retry: true },
  4501: { name: 'too_slow', retry: true },
  4503: { name: 'full', retry: true },
  4529: { name: 'too_many', retry: true },
} as const satisfies Record<number, { name: string; retry: boolean }>

export type CloseCode = keyof typeof closeCodes

/** Whether to reconnect after a code, known or not: all of 44xx stop, everything else is tried again. */
export const mayRetry = (code: number) =>
  code in closeCodes ? closeCodes[code as CloseCode].retry : code < 4400 || code > 4499
