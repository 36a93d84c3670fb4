import { expect, it } from 'vitest'
import { sources } from '../support/sources.ts'

const { packages } = JSON.parse(sources(['package-lock.json'])[0]!.text) as {
  packages: Record<string, { version?: string; resolved?: string }>
}
const versions = (name: string) =>
  Object.entries(packages)
    .filter(([path]) => path.endsWith(`node_modules/${name}`))
    .map(([, { version }]) => version)

it(
  '[SRV-5] crossws is the patched one everywhere: the version that Nitro asks for can be starved ' +
    'with fragments (CVE-2026-48779)',
  () => {
    expect(versions('crossws')).toEqual(['0.4.17'])
  },
)

it('the lock file names what is installed, not from where: everybody has their own mirror', () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved?.startsWith('http'))).toEqual([])
})
