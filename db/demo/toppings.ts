import type { Allergen, Diet, MenuTopping, Text } from '../../shared/menu/menu.ts'
import type { Prices } from './sizes.ts'
import { bySize } from './sizes.ts'
import { words } from './words.ts'

/** Cents of one portion. */
const herb: Prices = [50, 80, 100]
const garden: Prices = [100, 150, 200]
const larder: Prices = [150, 200, 280]
const fine: Prices = [220, 300, 400]

const vegan: Diet[] = ['vegetarian', 'vegan']
const vegetarian: Diet[] = ['vegetarian']
const none: Diet[] = []

function topping(
  id: string,
  group: MenuTopping['group'],
  name: Text,
  prices: Prices,
  diets: Diet[],
  allergens: Allergen[] = [],
): MenuTopping {
  return { id, name, group, available: true, until: null, prices: bySize(prices), allergens, diets }
}

/** The cheeses are all of vegetable rennet, so that they are vegetarian. */
export const toppings: MenuTopping[] = [
  topping(
    'mozzarella',
    'cheese',
    words('Mozzarella fior di latte', 'Fior di latte mozzarella', 'Fior di latte'),
    garden,
    vegetarian,
    ['milk'],
  ),
  topping(
    'buffalo-mozzarella',
    'cheese',
    words('Mozzarella di bufala', 'Buffalo mozzarella', 'Mozzarella di bufala'),
    fine,
    vegetarian,
    ['milk'],
  ),
  topping('burrata', 'cheese', words('Burrata', 'Burrata', 'Burrata'), fine, vegetarian, ['milk']),
  topping(
    'smoked-provola',
    'cheese',
    words('Provola fumée', 'Smoked provola', 'Provola affumicata'),
    larder,
    vegetarian,
    ['milk'],
  ),
  topping('gorgonzola', 'cheese', words('Gorgonzola', 'Gorgonzola', 'Gorgonzola'), larder, vegetarian, ['milk']),
  topping('goat-cheese', 'cheese', words('Chèvre', 'Goat’s cheese', 'Caprino'), larder, vegetarian, ['milk']),
  topping('ricotta', 'cheese', words('Ricotta', 'Ricotta', 'Ricotta'), larder, vegetarian, ['milk']),
  topping(
    'parmesan',
    'cheese',
    words('Copeaux de parmesan', 'Parmesan shavings', 'Scaglie di grana'),
    larder,
    vegetarian,
    ['milk'],
  ),

  topping('ham', 'meat', words('Jambon blanc', 'Cooked ham', 'Prosciutto cotto'), larder, none),
  topping('prosciutto', 'meat', words('Jambon de Parme', 'Parma ham', 'Prosciutto crudo'), fine, none),
  topping('spicy-salami', 'meat', words('Salami piquant', 'Spicy salami', 'Salame piccante'), larder, ['spicy']),
  topping('nduja', 'meat', words('’Nduja', '’Nduja', '’Nduja'), larder, ['spicy']),
  topping(
    'sausage',
    'meat',
    words('Saucisse au fenouil', 'Fennel sausage', 'Salsiccia al finocchietto'),
    larder,
    none,
    ['sulphites'],
  ),
  topping('speck', 'meat', words('Speck', 'Speck', 'Speck'), larder, none),
  topping('mortadella', 'meat', words('Mortadelle', 'Mortadella', 'Mortadella'), larder, none, ['nuts']),
  topping('guanciale', 'meat', words('Guanciale croustillant', 'Crisp guanciale', 'Guanciale croccante'), larder, none),

  topping('anchovies', 'fish', words('Anchois', 'Anchovies', 'Acciughe'), larder, none, ['fish']),
  topping('tuna', 'fish', words('Thon', 'Tuna', 'Tonno'), larder, none, ['fish']),
  topping('prawns', 'fish', words('Crevettes', 'Prawns', 'Gamberi'), fine, none, ['crustaceans', 'sulphites']),
  topping('smoked-salmon', 'fish', words('Saumon fumé', 'Smoked salmon', 'Salmone affumicato'), fine, none, ['fish']),

  topping('mushrooms', 'vegetable', words('Champignons', 'Mushrooms', 'Funghi champignon'), garden, vegan),
  topping('porcini', 'vegetable', words('Cèpes', 'Porcini', 'Porcini'), fine, vegan),
  topping('olives', 'vegetable', words('Olives noires', 'Black olives', 'Olive nere'), garden, vegan),
  topping('artichokes', 'vegetable', words('Artichauts', 'Artichokes', 'Carciofi'), garden, vegan, ['sulphites']),
  topping('onions', 'vegetable', words('Oignons rouges', 'Red onion', 'Cipolla rossa'), garden, vegan),
  topping('peppers', 'vegetable', words('Poivrons', 'Peppers', 'Peperoni'), garden, vegan),
  topping('aubergine', 'vegetable', words('Aubergines', 'Aubergine', 'Melanzane'), garden, vegan),
  topping('courgette', 'vegetable', words('Courgettes', 'Courgette', 'Zucchine'), garden, vegan),
  topping('cherry-tomatoes', 'vegetable', words('Tomates cerises', 'Cherry tomatoes', 'Pomodorini'), garden, vegan),
  topping('spinach', 'vegetable', words('Épinards', 'Spinach', 'Spinaci'), garden, vegan),
  topping('friarielli', 'vegetable', words('Friarielli', 'Friarielli greens', 'Friarielli'), larder, vegan),
  topping('potatoes', 'vegetable', words('Pommes de terre', 'Potatoes', 'Patate'), garden, vegan),
  topping('pineapple', 'vegetable', words('Ananas', 'Pineapple', 'Ananas'), garden, vegan),
  topping('capers', 'vegetable', words('Câpres', 'Capers', 'Capperi'), garden, vegan),
  topping('chillies', 'vegetable', words('Piments frais', 'Fresh chillies', 'Peperoncino fresco'), herb, [
    ...vegan,
    'spicy',
  ]),
  topping('garlic', 'vegetable', words('Ail', 'Garlic', 'Aglio'), herb, vegan),

  topping('basil', 'herb', words('Basilic', 'Basil', 'Basilico'), herb, vegan),
  topping('oregano', 'herb', words('Origan', 'Oregano', 'Origano'), herb, vegan),
  topping('rocket', 'herb', words('Roquette', 'Rocket', 'Rucola'), garden, vegan),

  topping('egg', 'extra', words('Œuf', 'Egg', 'Uovo'), garden, vegetarian, ['eggs']),
  topping('truffle', 'extra', words('Crème de truffe', 'Truffle cream', 'Crema di tartufo'), fine, vegetarian, [
    'milk',
  ]),
  topping('pistachio', 'extra', words('Pistaches', 'Pistachios', 'Pistacchi'), garden, vegan, ['nuts']),
  topping('walnuts', 'extra', words('Noix', 'Walnuts', 'Noci'), garden, vegan, ['nuts']),
  topping('honey', 'extra', words('Miel', 'Honey', 'Miele'), herb, vegetarian),
]
