/**
 * The oldest browsers that Comanda supports. The README says the same, and the build writes no newer syntax. Import
 * maps, `color-mix()` and `:has()` set the limit.
 */
export const oldestBrowsers = { chrome: '111', edge: '111', firefox: '121', safari: '16.4' }

/**
 * A script for the page's head that shows `words` in an older browser before anything of ours can fail. Old syntax on
 * purpose.
 */
export const tellOldBrowsers = (words: string) => `(function () {
  var fits = false
  try {
    fits = HTMLScriptElement.supports('importmap') &&
      CSS.supports('color', 'color-mix(in oklab, red, red)') && CSS.supports('selector(:has(a))')
  } catch (error) {}
  if (fits) return
  document.addEventListener('DOMContentLoaded', function () {
    var told = document.createElement('p')
    told.id = 'too-old'
    told.setAttribute('role', 'alert')
    told.style.cssText = 'position:fixed;z-index:99999;left:0;right:0;bottom:0;margin:0;padding:16px;' +
      'background:#7a1f12;color:#fff;font:600 18px/1.4 sans-serif'
    told.appendChild(document.createTextNode(${JSON.stringify(words).replaceAll('<', '\\u003c')}))
    document.body.appendChild(told)
  })
})()`
