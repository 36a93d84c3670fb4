import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root, sources } from '../support/sources.ts'

const documents = sources(['*.md', 'docs/*.md', 'docs/course/*.md'])
const rules = new Set([...sources(['docs/protocol.md'])[0]!.text.matchAll(/^- ([A-Z]{3}-\d+) /gm)].map(([, id]) => id))

/** A path of this project, in backticks. Braces and brackets stand for names (`/api/orders/{order}`). */
const codePaths = (text: string) =>
  [
    ...text.matchAll(
      /`((?:server|shared|composables|stores|components|pages|db|tests|docs|bench|scripts)\/[^`\s{*…]*)`/g,
    ),
  ]
    .map(([, path]) => path!)
    .filter((path) => !path.includes('…'))

describe('README, CONTRIBUTING and docs', () => {
  it.for(documents.map(({ path, text }) => [path, text] as const))('%s names only files that exist', ([, text]) => {
    expect(codePaths(text).filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it.for(documents.map(({ path, text }) => [path, text] as const))(
    '%s links only to files that exist',
    ([path, text]) => {
      const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, to]) => to!)
      expect(links.filter((to) => !existsSync(join(root, path, '..', to)))).toEqual([])
    },
  )

  it.for(sources(['docs/course/*.md']).map(({ path, text }) => [path, text] as const))(
    '%s cites only rules that exist',
    ([, text]) => {
      expect([...text.matchAll(/\b([A-Z]{3}-\d+)\b/g)].map(([, id]) => id!).filter((id) => !rules.has(id))).toEqual([])
    },
  )
})
