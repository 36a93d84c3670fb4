const noPage = /^\/(?:api\/|_pictures\/|_photos\/|healthz|readyz|metrics)/

/** Whether a path may be that of a page. */
export const isPagePath = (path: string) => !noPage.test(path)
