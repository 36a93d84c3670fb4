/** Whether the visitor has asked their browser to save data: nothing comes before it is needed then. */
export const savesData = (): boolean =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true
