import { findNodeAtLocation, getNodeValue, parseTree, type ParseError } from 'jsonc-parser'
import { z } from 'zod'
import { menuFields, type MenuPart } from '../../../shared/menu/document.ts'
import type { FileMenu } from './file-menu.ts'
import { beside } from './input.ts'
import { fault } from './read-csv.ts'

const parts = z.strictObject({ ...z.object(menuFields).partial().shape, ...beside })

/** A JSON file as parts of a menu: what `GET …/menu` answers, whole or without some of its parts. */
export function readJson(text: string): FileMenu {
  const written = text.replace(/^\uFEFF/, '')
  const broken: ParseError[] = []
  const root = parseTree(written, broken, { disallowComments: true, allowTrailingComma: false })
  const lineAt = (offset: number) => written.slice(0, offset).split('\n').length
  if (!root || broken.length > 0)
    return { parts: {}, errors: [fault(lineAt(broken[0]?.offset ?? 0), '', 'unreadable')], lineOf: () => null }

  /** Of what stands at a path, or of what it would stand in. */
  const lineOfPath = (path: (string | number)[]): number => {
    const node = path.length === 0 ? root : findNodeAtLocation(root, path)
    return node ? lineAt(node.offset) : lineOfPath(path.slice(0, -1))
  }
  const value = getNodeValue(root) as Partial<Record<MenuPart, unknown>>
  const read = parts.safeParse(value)
  const lineOf = (part: MenuPart, id: string, path: (string | number)[]) => {
    const all = value[part]
    const index = Array.isArray(all) ? all.findIndex((one: { id?: unknown }) => one.id === id) : -1
    return index < 0 ? null : lineOfPath([part, index, ...path])
  }
  if (read.success) {
    const { categories, items, toppings, crusts } = read.data
    return { parts: { categories, items, toppings, crusts }, errors: [], lineOf }
  }
  const errors = read.error.issues.map(({ path, message }) => {
    const plain = path.filter((step) => typeof step !== 'symbol')
    return { ...fault(lineOfPath(plain), plain.join('.'), 'invalid'), message }
  })
  return { parts: {}, errors, lineOf }
}
