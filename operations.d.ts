/** Written by `build/operations.ts`: the files of all routes. */
declare module '#operations' {
  export const files: { file: string; load(): Promise<{ operation?: import('./server/utils/operation').Operation }> }[]
}
