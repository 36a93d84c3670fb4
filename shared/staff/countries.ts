/** The usual settings of a shop in a country. */
export interface Country {
  /** ISO 3166-1 alpha-2 */ code: string
  /** ISO 4217 */ currency: string
  /** IANA; of several zones the one with the most people. */ timezone: string
}

const table = `
AR ARS America/Argentina/Buenos_Aires | AT EUR Europe/Vienna | AU AUD Australia/Sydney | BE EUR Europe/Brussels
BG EUR Europe/Sofia | BR BRL America/Sao_Paulo | CA CAD America/Toronto | CH CHF Europe/Zurich
CL CLP America/Santiago | CN CNY Asia/Shanghai | CO COP America/Bogota | CY EUR Asia/Nicosia | CZ CZK Europe/Prague
DE EUR Europe/Berlin | DK DKK Europe/Copenhagen | EE EUR Europe/Tallinn | EG EGP Africa/Cairo | ES EUR Europe/Madrid
FI EUR Europe/Helsinki | FR EUR Europe/Paris | GB GBP Europe/London | GR EUR Europe/Athens | HR EUR Europe/Zagreb
HU HUF Europe/Budapest | IE EUR Europe/Dublin | IL ILS Asia/Jerusalem | IN INR Asia/Kolkata
IS ISK Atlantic/Reykjavik | IT EUR Europe/Rome | JP JPY Asia/Tokyo | KR KRW Asia/Seoul | LB LBP Asia/Beirut
LI CHF Europe/Vaduz | LT EUR Europe/Vilnius | LU EUR Europe/Luxembourg | LV EUR Europe/Riga
MA MAD Africa/Casablanca | MC EUR Europe/Monaco | MT EUR Europe/Malta | MX MXN America/Mexico_City
NL EUR Europe/Amsterdam | NO NOK Europe/Oslo | NZ NZD Pacific/Auckland | PE PEN America/Lima | PL PLN Europe/Warsaw
PT EUR Europe/Lisbon | RO RON Europe/Bucharest | RS RSD Europe/Belgrade | SE SEK Europe/Stockholm
SG SGD Asia/Singapore | SI EUR Europe/Ljubljana | SK EUR Europe/Bratislava | SM EUR Europe/San_Marino
TN TND Africa/Tunis | TR TRY Europe/Istanbul | UA UAH Europe/Kyiv | US USD America/New_York | UY UYU America/Montevideo
VA EUR Europe/Vatican | ZA ZAR Africa/Johannesburg`

/** The countries that the first page offers; the server accepts any other too. */
export const countries: readonly Country[] = table
  .trim()
  .split(/\s*[|\n]\s*/)
  .map((row) => {
    const [code, currency, timezone] = row.split(' ') as [string, string, string]
    return { code, currency, timezone }
  })
