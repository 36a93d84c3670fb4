import { pizza } from './pizza.ts'
import { same, words } from './words.ts'

/** Le classiche: tomato, and what Naples has always put on it. */
export const classics = [
  pizza('classics', {
    id: 'margherita',
    name: same('Margherita'),
    prices: [700, 950, 1250],
    sauce: 'tomato',
    toppings: ['mozzarella', 'basil'],
    description: words(
      'Tomate San Marzano, fior di latte et basilic frais : tout est là.',
      'San Marzano tomato, fior di latte and fresh basil. Nothing to add.',
      'San Marzano, fior di latte e basilico fresco: non serve altro.',
    ),
  }),
  pizza('classics', {
    id: 'marinara',
    name: same('Marinara'),
    prices: [600, 800, 1050],
    sauce: 'tomato',
    toppings: ['garlic', 'oregano'],
    description: words(
      'La plus ancienne : tomate, ail, origan et un filet d’huile d’olive.',
      'The oldest of them all: tomato, garlic, oregano and good olive oil.',
      'La più antica: pomodoro, aglio, origano e un filo d’olio buono.',
    ),
  }),
  pizza('classics', {
    id: 'napoletana',
    name: same('Napoletana'),
    prices: [850, 1100, 1400],
    sauce: 'tomato',
    toppings: ['mozzarella', 'anchovies', 'capers', 'oregano'],
    description: words(
      'Anchois de Cetara et câpres : salée comme un bain de mer.',
      'Cetara anchovies and capers, as salty as a swim in the bay.',
      'Alici di Cetara e capperi: saporita come un tuffo nel golfo.',
    ),
  }),
  pizza('classics', {
    id: 'regina',
    name: words('Reine', 'Regina', 'Prosciutto e funghi'),
    prices: [900, 1150, 1500],
    sauce: 'tomato',
    toppings: ['mozzarella', 'ham', 'mushrooms'],
    description: words(
      'Jambon blanc et champignons poêlés : celle qui met tout le monde d’accord.',
      'Cooked ham and pan-fried mushrooms. Nobody ever argues with this one.',
      'Prosciutto cotto e champignon saltati: quella che mette tutti d’accordo.',
    ),
  }),
  pizza('classics', {
    id: 'diavola',
    name: same('Diavola'),
    prices: [900, 1150, 1500],
    sauce: 'tomato',
    toppings: ['mozzarella', 'spicy-salami', 'chillies'],
    description: words(
      'Salami calabrais qui croustille et piment frais : elle pique, et on y revient.',
      'Crisp-edged Calabrian salami and fresh chilli. It bites; you go back.',
      'Salame calabrese croccante e peperoncino fresco: brucia, ma si rifà.',
    ),
  }),
  pizza('classics', {
    id: 'funghi',
    name: same('Funghi'),
    prices: [800, 1050, 1400],
    sauce: 'tomato',
    toppings: ['mozzarella', 'mushrooms', 'oregano'],
    description: words(
      'Champignons dorés à l’ail et au thym, fior di latte fondant.',
      'Mushrooms browned with garlic and thyme, melting fior di latte.',
      'Champignon rosolati con aglio e timo, fior di latte che fila.',
    ),
  }),
  pizza('classics', {
    id: 'capricciosa',
    name: same('Capricciosa'),
    prices: [1000, 1300, 1650],
    sauce: 'tomato',
    toppings: ['mozzarella', 'ham', 'mushrooms', 'artichokes', 'olives'],
    description: words(
      'Jambon, champignons, artichauts et olives : pour qui refuse de choisir.',
      'Ham, mushrooms, artichokes and olives, for those who won’t choose.',
      'Prosciutto, funghi, carciofi e olive: per chi non vuole scegliere.',
    ),
  }),
  pizza('classics', {
    id: 'tonno',
    name: words('Thon et oignons', 'Tonno e cipolla', 'Tonno e cipolla'),
    prices: [950, 1200, 1550],
    sauce: 'tomato',
    toppings: ['mozzarella', 'tuna', 'onions', 'olives'],
    description: words(
      'Thon à l’huile d’olive, oignon rouge de Tropea, olives noires.',
      'Tuna in olive oil, sweet red Tropea onion, black olives.',
      'Tonno sott’olio, cipolla rossa di Tropea e olive nere.',
    ),
  }),
  pizza('classics', {
    id: 'salsiccia',
    name: words('Saucisse et poivrons', 'Salsiccia e peperoni', 'Salsiccia e peperoni'),
    prices: [950, 1250, 1600],
    sauce: 'tomato',
    toppings: ['mozzarella', 'sausage', 'peppers', 'onions'],
    description: words(
      'Saucisse au fenouil, poivrons fondants et oignon rouge.',
      'Fennel sausage, slow-roasted peppers and red onion.',
      'Salsiccia al finocchietto, peperoni in padella e cipolla rossa.',
    ),
  }),
  pizza('classics', {
    id: 'hawaii',
    name: same('Hawaii'),
    prices: [900, 1150, 1500],
    sauce: 'tomato',
    toppings: ['mozzarella', 'ham', 'pineapple'],
    description: words(
      'Jambon et ananas rôti. On ne juge personne.',
      'Ham and roasted pineapple. We don’t judge.',
      'Prosciutto cotto e ananas arrosto. Qui non si giudica nessuno.',
    ),
  }),
]
