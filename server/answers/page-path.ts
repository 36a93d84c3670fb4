const noPage = /^\/(?:(?:api|_pictures|_photos)\/[^?]|(?:healthz|readyz|metrics)\/?(?:\?|$))/

/**
 * Whether a path, with its query, may be that of a page. What no route of ours answers MUST be one, because whoever
 * renders its error needs what a page has (server/plugins/lean-requests.ts).
 */
export const isPagePath = (path: string) => !noPage.test(path)
