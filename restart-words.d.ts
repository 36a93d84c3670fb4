/** Written by `build/restart-words.ts`. */
declare module '#restart-words' {
  export const words: Record<
    import('./shared/menu/menu').Language,
    import('./server/answers/restart-page').RestartWords
  >
}
