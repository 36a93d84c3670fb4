import { viewPizzeria } from '~/server/menu/pizzeria'
import { pizzeriaList } from '~/server/openapi/answers'

export const operation = defineOperation({
  summary: 'The pizzerias of this installation.',
  who: 'anyone',
  answers: { 200: pizzeriaList },
})

export default defineApi(async (_event, { store, clock }) => {
  const pizzerias = await store.read((tx) => tx.pizzerias())
  return pizzerias.map((pizzeria) => viewPizzeria(pizzeria, clock())).map(({ id, name, open }) => ({ id, name, open }))
})
