import type { Allergen, Diet, MenuItem, Text } from '../../shared/menu/menu.ts'
import { same, words } from './words.ts'

type Size = [id: string, name: Text, price: number]

const portion = (price: number): Size[] => [['portion', words('Portion', 'Portion', 'Porzione'), price]]
const piece = (price: number): Size[] => [['piece', words('Pièce', 'Piece', 'Pezzo'), price]]
const bottle = (volume: string, price: number): Size[] => [['bottle', same(volume), price]]
const can = (price: number): Size[] => [['can', same('33 cl'), price]]
const cup = (price: number): Size[] => [['cup', words('Tasse', 'Cup', 'Tazzina'), price]]

const vegan: Diet[] = ['vegetarian', 'vegan']
const vegetarian: Diet[] = ['vegetarian']

interface Other {
  name: Text
  description: Text
  sizes: Size[]
  allergens?: Allergen[]
  diets?: Diet[]
  stock?: number
}

function item(
  kind: Exclude<MenuItem['kind'], 'pizza'>,
  id: string,
  { name, description, sizes, allergens = [], diets = [], stock }: Other,
): MenuItem {
  return {
    id,
    kind,
    name,
    description,
    category: `${kind}s`,
    available: true,
    until: null,
    stock: stock ?? null,
    sizes: sizes.map(([size, sizeName, price]) => ({ id: size, name: sizeName, price, available: true })),
    toppings: [],
    allergens,
    diets,
    picture: null,
  }
}

/**
 * Desserts and a few starters are made in the morning and counted; drinks are not counted, because the cellar holds
 * plenty.
 */
export const others: MenuItem[] = [
  item('side', 'focaccia', {
    name: words('Focaccia au romarin', 'Rosemary focaccia', 'Focaccia al rosmarino'),
    sizes: portion(450),
    allergens: ['gluten'],
    diets: vegan,
    description: words(
      'Sortie du four, huile d’olive et gros sel.',
      'Straight from the oven, olive oil and sea salt.',
      'Appena sfornata, olio buono e sale grosso.',
    ),
  }),
  item('side', 'bruschetta', {
    name: same('Bruschetta'),
    sizes: portion(550),
    allergens: ['gluten'],
    diets: vegan,
    description: words(
      'Pain grillé frotté à l’ail, tomates et basilic.',
      'Garlic-rubbed toast, tomatoes and basil.',
      'Pane tostato all’aglio, pomodoro e basilico.',
    ),
  }),
  item('side', 'insalata', {
    name: words('Salade verte', 'Green salad', 'Insalata verde'),
    sizes: portion(500),
    allergens: ['mustard', 'sulphites'],
    diets: vegan,
    description: words(
      'Jeunes pousses, fenouil et vinaigrette au citron.',
      'Young leaves, fennel and lemon dressing.',
      'Foglie tenere, finocchio e vinaigrette al limone.',
    ),
  }),
  item('side', 'caprese', {
    name: same('Caprese'),
    sizes: portion(850),
    allergens: ['milk'],
    diets: vegetarian,
    stock: 30,
    description: words(
      'Tomates mûres, mozzarella de bufflonne, basilic.',
      'Ripe tomatoes, buffalo mozzarella, basil.',
      'Pomodori maturi, bufala e basilico.',
    ),
  }),
  item('side', 'arancini', {
    name: same('Arancini'),
    sizes: portion(650),
    allergens: ['gluten', 'eggs', 'milk', 'celery'],
    stock: 40,
    description: words(
      'Trois boules de riz croustillantes, ragù et petits pois.',
      'Three crisp rice balls with ragù and peas.',
      'Tre arancini croccanti, ragù e piselli.',
    ),
  }),
  item('side', 'olive-ascolane', {
    name: words('Olives à l’ascolana', 'Ascolana olives', 'Olive all’ascolana'),
    sizes: portion(600),
    allergens: ['gluten', 'eggs', 'milk', 'celery'],
    description: words(
      'Olives farcies à la viande, panées et frites.',
      'Olives stuffed with meat, breaded and fried.',
      'Ripiene di carne, impanate e fritte.',
    ),
  }),
  item('dessert', 'tiramisu', {
    name: same('Tiramisù'),
    sizes: portion(600),
    allergens: ['gluten', 'eggs', 'milk'],
    diets: vegetarian,
    stock: 24,
    description: words(
      'Mascarpone, café serré, cacao amer. Monté ce matin.',
      'Mascarpone, strong coffee, bitter cocoa. Made this morning.',
      'Mascarpone, caffè ristretto, cacao amaro. Fatto stamattina.',
    ),
  }),
  item('dessert', 'panna-cotta', {
    name: words('Panna cotta aux fruits rouges', 'Berry panna cotta', 'Panna cotta ai frutti di bosco'),
    sizes: portion(550),
    allergens: ['milk'],
    stock: 18,
    description: words(
      'Tremblotante, à la vanille, coulis de fruits rouges.',
      'Just set, with vanilla and a berry coulis.',
      'Tremolante, alla vaniglia, con salsa ai frutti di bosco.',
    ),
  }),
  item('dessert', 'cannolo', {
    name: words('Cannolo sicilien', 'Sicilian cannolo', 'Cannolo siciliano'),
    sizes: piece(450),
    allergens: ['gluten', 'milk', 'nuts', 'sulphites'],
    diets: vegetarian,
    stock: 20,
    description: words(
      'Garni à la commande : ricotta, pistache, orange confite.',
      'Filled to order: ricotta, pistachio, candied orange.',
      'Riempito al momento: ricotta, pistacchio, arancia candita.',
    ),
  }),
  item('dessert', 'gelato', {
    name: words('Glace artisanale', 'Gelato', 'Gelato artigianale'),
    allergens: ['milk', 'nuts'],
    diets: vegetarian,
    sizes: [
      ['two', words('2 boules', '2 scoops', '2 gusti'), 450],
      ['three', words('3 boules', '3 scoops', '3 gusti'), 600],
    ],
    description: words(
      'Fior di latte, pistache, noisette : dites-le en note.',
      'Fior di latte, pistachio, hazelnut: say which in the note.',
      'Fior di latte, pistacchio, nocciola: scrivilo nella nota.',
    ),
  }),
  item('drink', 'still-water', {
    name: words('Eau plate', 'Still water', 'Acqua naturale'),
    diets: vegan,
    sizes: [
      ['half', same('50 cl'), 200],
      ['litre', same('1 l'), 350],
    ],
    description: words('De source, bien fraîche.', 'From the spring, well chilled.', 'Di sorgente, bella fresca.'),
  }),
  item('drink', 'sparkling-water', {
    name: words('Eau pétillante', 'Sparkling water', 'Acqua frizzante'),
    diets: vegan,
    sizes: [
      ['half', same('50 cl'), 250],
      ['litre', same('1 l'), 400],
    ],
    description: words('Fines bulles.', 'Fine bubbles.', 'Bollicine fini.'),
  }),
  item('drink', 'cola', {
    name: same('Cola'),
    sizes: can(300),
    diets: vegan,
    description: words(
      'Avec ou sans sucre : dites-le en note.',
      'Regular or sugar-free: say which in the note.',
      'Normale o zero: scrivilo nella nota.',
    ),
  }),
  item('drink', 'aranciata', {
    name: same('Aranciata'),
    sizes: can(320),
    diets: vegan,
    description: words('Soda à l’orange de Sicile.', 'Sicilian orange soda.', 'Con arance di Sicilia.'),
  }),
  item('drink', 'limonata', {
    name: words('Citronnade maison', 'House lemonade', 'Limonata della casa'),
    sizes: bottle('40 cl', 400),
    diets: vegan,
    description: words(
      'Citrons d’Amalfi, menthe, peu de sucre.',
      'Amalfi lemons, mint, little sugar.',
      'Limoni di Amalfi, menta, poco zucchero.',
    ),
  }),
  item('drink', 'birra', {
    name: words('Bière blonde', 'Lager', 'Birra chiara'),
    sizes: bottle('33 cl', 450),
    allergens: ['gluten'],
    diets: vegan,
    description: words(
      'Italienne, légère et bien froide.',
      'Italian, light and properly cold.',
      'Italiana, leggera e ghiacciata.',
    ),
  }),
  item('drink', 'vino-rosso', {
    name: words('Vin rouge, Aglianico', 'Red wine, Aglianico', 'Vino rosso, Aglianico'),
    allergens: ['sulphites'],
    diets: vegan,
    sizes: [
      ['glass', words('Verre', 'Glass', 'Calice'), 500],
      ['bottle', words('Bouteille', 'Bottle', 'Bottiglia'), 2200],
    ],
    description: words(
      'De Campanie, rond et épicé.',
      'From Campania, round and spicy.',
      'Campano, rotondo e speziato.',
    ),
  }),
  item('drink', 'prosecco', {
    name: same('Prosecco'),
    allergens: ['sulphites'],
    diets: vegan,
    sizes: [
      ['glass', words('Coupe', 'Glass', 'Calice'), 550],
      ['bottle', words('Bouteille', 'Bottle', 'Bottiglia'), 2600],
    ],
    description: words('Sec, aux arômes de poire.', 'Dry, with a note of pear.', 'Secco, con profumo di pera.'),
  }),
  item('drink', 'espresso', {
    name: same('Espresso'),
    sizes: cup(180),
    diets: vegan,
    description: words('Serré, comme à Naples.', 'Short and dark, as in Naples.', 'Ristretto, come a Napoli.'),
  }),
]
