/** A quantile level between 0 and 1 as its shortest text, so that 0.1, .10 and 0,1 are one; undefined for anything else. */
export function levelOf(text: string): string | undefined {
  const level = /^\d*[.,]?\d+(?:e-?\d+)?$/i.test(text) ? Number(text.replace(',', '.')) : Number.NaN
  return level > 0 && level < 1 ? String(level) : undefined
}
