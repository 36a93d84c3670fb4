/** What makes a page answer, in the order of the page: its scripts, and what they import. */
const moduleScripts = /<link\b[^>]*\brel="modulepreload"[^>]*>|<script\b[^>]*\btype="module"[^>]*><\/script>/g

/** How long a page waits for its first paint, ms: one that nobody sees, in a tab behind others, paints nothing. */
const maxWaitMs = 300

/**
 * Takes the scripts out of the template before it, when the page has been painted or cannot be for a while. Where the
 * paint has come before, as on a slow line, that is at once.
 */
const loader = [
  `(()=>{let kept=document.currentScript.previousElementSibling;`,
  `const go=()=>{if(kept)document.head.append(kept.content);kept=null};`,
  `const seen=(list)=>{if(list.getEntriesByName('first-contentful-paint').length)go()};`,
  `if(document.hidden)return go();setTimeout(go,${maxWaitMs});`,
  `new PerformanceObserver(seen).observe({type:'paint',buffered:true})})()`,
].join('')

/**
 * A page can be read as it comes from the server: its scripts, which make it answer, are fetched after what it shows
 * has been painted (WEB-8). Otherwise the first paint waits for its share of a slow line, and for its turn on a quick
 * one.
 */
export function scriptsLast(html: { head: string[]; bodyAppend: string[] }) {
  const scripts = html.head.flatMap((part) => part.match(moduleScripts) ?? []).join('')
  if (scripts === '') return
  html.head = html.head.map((part) => part.replace(moduleScripts, ''))
  html.bodyAppend.push(`<template>${scripts}</template><script>${loader}</script>`)
}
