/**
 * Whether a `Host` names a machine (RFC 9110, section 7.2), so that an address can be made of it. None at all may be
 * sent by HTTP/1.0.
 */
export const isHost = (host: string | undefined | null) =>
  !host || (/^(?:\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?$/i.test(host) && URL.canParse(`http://${host}`))
