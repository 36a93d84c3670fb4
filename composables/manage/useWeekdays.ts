/** The days of the week from Monday on, and dates, in the visitor's language. */
export function useWeekdays() {
  const { locale } = useI18n()
  const language = computed(() => (locale.value === 'en' ? 'en-GB' : locale.value))
  // 4 January 2026 is a Sunday.
  const days = computed(() => {
    const format = new Intl.DateTimeFormat(language.value, { weekday: 'long', timeZone: 'UTC' })
    return [1, 2, 3, 4, 5, 6, 0].map((day) => ({ day, name: format.format(Date.UTC(2026, 0, 4 + day)) }))
  })
  const format = computed(
    () =>
      new Intl.DateTimeFormat(language.value, {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        timeZone: 'UTC',
      }),
  )
  /** A date (`YYYY-MM-DD`) in words. */
  const dateOf = (date: string) => (Number.isNaN(Date.parse(date)) ? '' : format.value.format(Date.parse(date)))
  return { days, dateOf }
}
