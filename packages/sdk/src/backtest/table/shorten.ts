/** Of a text its first characters, for a message that shows what somebody wrote. */
export function shorten(text: string, most = 40): string {
  return text.length > most ? `${text.slice(0, most)}…` : text
}
