import { pizza } from './pizza.ts'
import { same, words } from './words.ts'

/** Dall'orto: the kitchen garden; all vegetarian. */
export const garden = [
  pizza('garden', {
    id: 'ortolana',
    name: same('Ortolana'),
    prices: [900, 1200, 1550],
    sauce: 'tomato',
    toppings: ['mozzarella', 'aubergine', 'courgette', 'peppers'],
    description: words(
      'Aubergines, courgettes et poivrons grillés, fondants à souhait.',
      'Char-grilled aubergine, courgette and peppers.',
      'Melanzane, zucchine e peperoni alla griglia.',
    ),
  }),
  pizza('garden', {
    id: 'parmigiana',
    name: same('Parmigiana'),
    prices: [950, 1250, 1600],
    sauce: 'tomato',
    toppings: ['mozzarella', 'aubergine', 'parmesan', 'basil'],
    description: words(
      'Le gratin d’aubergines de la nonna, en pizza.',
      'Nonna’s baked aubergines, turned into a pizza.',
      'La parmigiana della nonna, ma sulla pizza.',
    ),
  }),
  pizza('garden', {
    id: 'genovese',
    name: same('Genovese'),
    prices: [950, 1250, 1600],
    sauce: 'pesto',
    toppings: ['mozzarella', 'potatoes', 'cherry-tomatoes', 'parmesan'],
    description: words(
      'Pesto maison, fines pommes de terre et tomates cerises, comme à Gênes.',
      'Our own pesto, thin potatoes and cherry tomatoes, as in Genoa.',
      'Pesto fatto in casa, patate sottili e pomodorini, come a Genova.',
    ),
  }),
  pizza('garden', {
    id: 'verdura',
    name: words('Épinards et ricotta', 'Spinach and ricotta', 'Spinaci e ricotta'),
    prices: [900, 1150, 1500],
    sauce: 'tomato',
    toppings: ['mozzarella', 'spinach', 'ricotta', 'garlic'],
    description: words(
      'Épinards tombés à l’ail et ricotta bien crémeuse.',
      'Garlicky spinach and soft spoonfuls of ricotta.',
      'Spinaci saltati all’aglio e ricotta cremosa.',
    ),
  }),
  pizza('garden', {
    id: 'contadina',
    name: same('Contadina'),
    prices: [900, 1150, 1500],
    sauce: 'tomato',
    toppings: ['artichokes', 'olives', 'peppers', 'onions', 'capers'],
    description: words(
      'Artichauts, olives, poivrons, oignon et câpres : végane, et généreuse.',
      'Artichokes, olives, peppers, onion and capers: vegan, and generous.',
      'Carciofi, olive, peperoni, cipolla e capperi: vegana e generosa.',
    ),
  }),
  pizza('garden', {
    id: 'arrabbiata',
    name: same('Arrabbiata'),
    prices: [800, 1050, 1350],
    sauce: 'tomato',
    toppings: ['cherry-tomatoes', 'garlic', 'chillies', 'rocket'],
    description: words(
      'Tomates cerises, ail et piment frais, roquette : végane et fâchée.',
      'Cherry tomatoes, garlic, fresh chilli, rocket: vegan and furious.',
      'Pomodorini, aglio, peperoncino fresco e rucola: vegana e furiosa.',
    ),
  }),
]
