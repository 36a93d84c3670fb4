import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { restartPage, restartPolicy } from '../../server/answers/restart-page.ts'

it('[SRV-6] the page that says that the server restarts may do what is in it, and nothing else', () => {
  const page = restartPage('fr', { restarting: 'Tom & <b>"Jerry"', reload: 'Recharger' })
  const found = [...page.matchAll(/<(script|style)>([\s\S]*?)<\/\1>/g)]
  expect(found.map(([, name]) => name).sort()).toEqual(['script', 'style'])
  for (const [, name, text] of found)
    expect(restartPolicy).toContain(`${name}-src 'sha256-${createHash('sha256').update(text!).digest('base64')}'`)
  expect(page).toContain('<p role="status">Tom &#38; &#60;b&#62;&#34;Jerry&#34;</p>')
  expect(page).toContain('<html lang="fr">')
})
