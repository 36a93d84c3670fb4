/** Uploaded pictures, by the hash of their bytes. */
export interface PhotosTx {
  /** Its bytes in base64, whoever's it is. */
  photo(id: string): Promise<string | undefined>
  /** One that is there already is as young as a new one. `at`: ms since 1970. */
  savePhoto(photo: { pizzeria: string; id: string; at: number; data: string }): Promise<void>
  countPhotos(pizzeria: string): Promise<number>
  /** Which of some the pizzeria has. */
  photosAmong(pizzeria: string, ids: readonly string[]): Promise<string[]>
  /** Those that came, or came again, before a time. */
  photosBefore(pizzeria: string, time: number): Promise<string[]>
  copyPhotos(from: string, to: string): Promise<void>
  dropPhotos(pizzeria: string, ids: readonly string[]): Promise<void>
}
