import { viewPizzeria } from '~/server/menu/pizzeria'

export default defineApi(async (_event, { store, clock }) => {
  const pizzerias = await store.read((tx) => tx.pizzerias())
  return pizzerias.map((pizzeria) => viewPizzeria(pizzeria, clock())).map(({ id, name, open }) => ({ id, name, open }))
})
