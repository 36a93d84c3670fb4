/** The customer's pages have a background of flour-coloured paper, down to the last pixel of a short page. */
export function usePaper() {
  useHead({
    bodyAttrs: {
      class:
        'bg-flour-100 text-char-950 [--ui-error:var(--color-tomato-700)] [--ui-text-muted:var(--color-char-600)] ' +
        '[--ui-text-dimmed:var(--color-char-500)]',
    },
  })
}
