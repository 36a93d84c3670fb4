import type { MenuDocument, MenuPart } from '../../../shared/menu/document.ts'
import type { ImportError } from '../../../shared/menu/import.ts'

/** What a file says: whole parts of a menu, each entry whole. */
export interface FileMenu {
  parts: { [P in MenuPart]?: MenuDocument[P] }
  errors: ImportError[]
  /** Where the file says something of an entry; null where it does not name it. */
  lineOf(part: MenuPart, id: string, path: (string | number)[]): number | null
}
