const LONGEST = 280

/** Characters that turn the direction of what follows, that nobody sees, or that a page would lay out oddly. */
const UNSEEN = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/** Text from the chain as it may stand in a page: of limited length, what is unseen replaced. It is still no HTML. */
export function plainText(text: string, longest: number = LONGEST): string {
  const seen = text.replace(UNSEEN, '\ufffd')
  const letters = Array.from(seen)
  return letters.length <= longest ? seen : `${letters.slice(0, longest - 1).join('')}…`
}

/** An address or a hash by its ends. */
export function shortName(name: string): string {
  return name.length <= 16 ? plainText(name) : `${plainText(name.slice(0, 9))}…${plainText(name.slice(-4))}`
}
