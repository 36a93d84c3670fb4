const moduleScript = /<(?:link rel="modulepreload"|script type="module")/g

/**
 * A page can be read as it comes from the server: its scripts, which make it answer, are fetched after what it shows
 * (text, letters, pictures). On a slow line the first paint would otherwise wait for its share of the line.
 */
export const scriptsLast = (head: string): string => head.replace(moduleScript, '$& fetchpriority="low"')
