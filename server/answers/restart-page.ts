import type { Language } from '../../shared/menu/menu.ts'
import { sourceOf } from './script-hashes.ts'

export interface RestartWords {
  restarting: string
  /** On the button for whom the page does not come by itself. */
  reload: string
}

/** The colours of all pages (assets/css/theme.css), and the device's own font: there is nobody to fetch one from. */
const style = `
  html { background: #fbf6ea; color: #1c1a18; font: 1.25rem/1.5 system-ui, sans-serif }
  body { margin: 0; min-height: 100vh; display: grid; place-content: center; justify-items: center; gap: 1.5rem }
  p { margin: 0; padding: 0 1.5rem; max-width: 30rem; text-align: center; font-weight: 600; text-wrap: balance }
  i { width: 3rem; height: 3rem; border-radius: 50%; border: .4rem solid #e8d8b8; border-top-color: #c2331a }
  a { padding: .7rem 1.5rem; border-radius: 2rem; background: #c2331a; color: #fff; text-decoration: none }
  a:focus-visible { outline: 3px solid #1c1a18; outline-offset: 3px }
  @media (prefers-reduced-motion: no-preference) { i { animation: turn 1.2s linear infinite } }
  @keyframes turn { to { transform: rotate(1turn) } }
`

/**
 * Loads the page again once somebody gives it, and not before: between the old server's end and the new one's start a
 * browser would show its own error, and stay there. Everybody asks at a moment of their own.
 */
const script = `
  (function wait() {
    setTimeout(function () {
      fetch(location.href, { method: 'HEAD', cache: 'no-store' }).then(function (answer) {
        if ([502, 503, 504].includes(answer.status)) wait()
        else location.reload()
      }, wait)
    }, 1000 + 1000 * Math.random())
  })()
`

/** What the page may do: its one script, its one style, and ask our server. */
export const restartPolicy =
  `default-src 'none'; script-src ${sourceOf(script)}; style-src ${sourceOf(style)}; connect-src 'self'; ` +
  `base-uri 'none'; form-action 'none'; frame-ancestors 'self'`

const escape = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`)

/** The page for whoever comes while the server ends: whole in itself, because no file of it could be fetched. */
export const restartPage = (language: Language, { restarting, reload }: RestartWords): string => `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escape(restarting)}</title>
<style>${style}</style>
<noscript><meta http-equiv="refresh" content="5"></noscript>
</head>
<body>
<i aria-hidden="true"></i>
<p role="status">${escape(restarting)}</p>
<a href="">${escape(reload)}</a>
<script>${script}</script>
</body>
</html>
`
