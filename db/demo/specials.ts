import { pizza } from './pizza.ts'
import { same, words } from './words.ts'

/** Le speciali: what the house is known for. */
export const specials = [
  pizza('specials', {
    id: 'bufalina',
    name: same('Bufalina'),
    prices: [1000, 1300, 1650],
    sauce: 'tomato',
    toppings: ['buffalo-mozzarella', 'cherry-tomatoes', 'basil'],
    description: words(
      'Mozzarella de bufflonne crue, tomates cerises et basilic.',
      'Cool buffalo mozzarella, cherry tomatoes and basil.',
      'Bufala campana a crudo, pomodorini e basilico.',
    ),
  }),
  pizza('specials', {
    id: 'parma',
    name: same('Parma'),
    prices: [1150, 1500, 1900],
    sauce: 'tomato',
    toppings: ['mozzarella', 'prosciutto', 'rocket', 'parmesan'],
    description: words(
      'Jambon de Parme affiné 18 mois, roquette et copeaux de parmesan.',
      'Parma ham aged 18 months, rocket and parmesan shavings.',
      'Crudo di Parma 18 mesi, rucola e scaglie di grana.',
    ),
  }),
  pizza('specials', {
    id: 'burratina',
    name: same('Burratina'),
    prices: [1250, 1600, 2050],
    sauce: 'tomato',
    toppings: ['burrata', 'prosciutto', 'cherry-tomatoes', 'basil'],
    description: words(
      'Une burrata entière à crever à table, jambon de Parme, tomates cerises.',
      'A whole burrata to burst at the table, Parma ham, cherry tomatoes.',
      'Burrata intera da rompere a tavola, crudo e pomodorini.',
    ),
  }),
  pizza('specials', {
    id: 'calabrese',
    name: same('Calabrese'),
    prices: [1050, 1350, 1700],
    sauce: 'tomato',
    toppings: ['mozzarella', 'nduja', 'spicy-salami', 'onions'],
    description: words(
      '’Nduja qui fond, salami piquant et oignon rouge : le feu du Sud.',
      'Melting ’nduja, spicy salami and red onion: the fire of the South.',
      '’Nduja che si scioglie, salame piccante e cipolla rossa: tutto il fuoco del Sud.',
    ),
  }),
  pizza('specials', {
    id: 'vesuvio',
    name: same('Vesuvio'),
    prices: [1100, 1400, 1800],
    sauce: 'tomato',
    toppings: ['smoked-provola', 'sausage', 'nduja', 'egg', 'chillies'],
    description: words(
      'Provola fumée, saucisse, ’nduja et un œuf en plein cratère.',
      'Smoked provola, sausage, ’nduja and an egg right in the crater.',
      'Provola, salsiccia, ’nduja e un uovo nel cratere.',
    ),
  }),
  pizza('specials', {
    id: 'mortadella',
    name: words('Mortadelle et pistache', 'Mortadella and pistachio', 'Mortadella e pistacchio'),
    prices: [1150, 1500, 1900],
    sauce: 'none',
    toppings: ['mozzarella', 'mortadella', 'ricotta', 'pistachio'],
    description: words(
      'Chiffonnade de mortadelle, nuages de ricotta et pistaches concassées.',
      'Ruffles of mortadella, clouds of ricotta and crushed pistachios.',
      'Mortadella a velo, ciuffi di ricotta e granella di pistacchio.',
    ),
  }),
  pizza('specials', {
    id: 'gamberi',
    name: words('Crevettes et courgettes', 'Prawns and courgette', 'Gamberi e zucchine'),
    prices: [1200, 1550, 1950],
    sauce: 'pesto',
    toppings: ['mozzarella', 'prawns', 'courgette', 'cherry-tomatoes'],
    description: words(
      'Crevettes saisies, courgettes et tomates cerises sur pesto maison.',
      'Seared prawns, courgette and cherry tomatoes on our own pesto.',
      'Gamberi scottati, zucchine e pomodorini sul nostro pesto.',
    ),
  }),
]
