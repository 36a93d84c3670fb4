import type { ServerResponse } from 'node:http'

/** Whether an answer is a page that a browser shows, whatever its status. */
export const isHtml = (answer: ServerResponse) => String(answer.getHeader('content-type')).startsWith('text/html')
