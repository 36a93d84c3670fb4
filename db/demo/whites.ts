import { pizza } from './pizza.ts'
import { same, words } from './words.ts'

/** Le bianche: without tomato. */
export const whites = [
  pizza('whites', {
    id: 'quattro-formaggi',
    name: words('Quatre fromages', 'Quattro formaggi', 'Quattro formaggi'),
    prices: [950, 1250, 1600],
    sauce: 'cream',
    toppings: ['mozzarella', 'gorgonzola', 'smoked-provola', 'parmesan'],
    description: words(
      'Fior di latte, gorgonzola, provola fumée, parmesan : ça file, ça gratine.',
      'Fior di latte, gorgonzola, smoked provola, parmesan: stretchy and golden.',
      'Fior di latte, gorgonzola, provola affumicata e grana: fila che è un piacere.',
    ),
  }),
  pizza('whites', {
    id: 'carbonara',
    name: same('Carbonara'),
    prices: [1000, 1300, 1650],
    sauce: 'cream',
    toppings: ['mozzarella', 'guanciale', 'egg', 'parmesan'],
    description: words(
      'Guanciale croustillant, jaune coulant et beaucoup de poivre.',
      'Crisp guanciale, a runny yolk and plenty of black pepper.',
      'Guanciale croccante, tuorlo morbido e tanto pepe nero.',
    ),
  }),
  pizza('whites', {
    id: 'friarielli',
    name: words('Saucisse et friarielli', 'Salsiccia e friarielli', 'Salsiccia e friarielli'),
    prices: [1000, 1300, 1650],
    sauce: 'none',
    toppings: ['smoked-provola', 'sausage', 'friarielli'],
    description: words(
      'Le duo de Naples : saucisse et friarielli, ces pousses de brocoli un peu amères.',
      'Naples’ favourite pair: fennel sausage and bitter friarielli greens.',
      'La coppia di Napoli: salsiccia e friarielli, su provola affumicata.',
    ),
  }),
  pizza('whites', {
    id: 'tartufo',
    name: words('Truffe et cèpes', 'Truffle and porcini', 'Tartufo e porcini'),
    prices: [1250, 1600, 2050],
    sauce: 'cream',
    toppings: ['mozzarella', 'porcini', 'truffle', 'parmesan'],
    description: words(
      'Cèpes poêlés et crème de truffe : ça sent le sous-bois.',
      'Pan-fried porcini and truffle cream: a walk in the autumn woods.',
      'Porcini trifolati e crema di tartufo: profumo di bosco.',
    ),
  }),
  pizza('whites', {
    id: 'montanara',
    name: same('Montanara'),
    prices: [1000, 1300, 1650],
    sauce: 'none',
    toppings: ['smoked-provola', 'potatoes', 'speck', 'onions'],
    description: words(
      'Pommes de terre fondantes, speck fumé et provola : la montagne au four.',
      'Tender potatoes, smoky speck and provola: the mountains, oven-baked.',
      'Patate, speck e provola affumicata: un rifugio al forno.',
    ),
  }),
  pizza('whites', {
    id: 'nordica',
    name: same('Nordica'),
    prices: [1150, 1500, 1900],
    sauce: 'cream',
    toppings: ['mozzarella', 'smoked-salmon', 'capers', 'rocket'],
    description: words(
      'Saumon fumé posé à la sortie du four, câpres et roquette.',
      'Smoked salmon laid on as it leaves the oven, capers and rocket.',
      'Salmone affumicato in uscita, capperi e rucola.',
    ),
  }),
  pizza('whites', {
    id: 'chevre-miel',
    name: words('Chèvre miel', 'Goat’s cheese and honey', 'Caprino e miele'),
    prices: [1000, 1300, 1650],
    sauce: 'cream',
    toppings: ['mozzarella', 'goat-cheese', 'walnuts', 'honey'],
    description: words(
      'Bûche de chèvre gratinée, noix et un fil de miel d’acacia.',
      'Golden goat’s cheese, walnuts and a thread of acacia honey.',
      'Caprino gratinato, noci e un filo di miele d’acacia.',
    ),
  }),
]
