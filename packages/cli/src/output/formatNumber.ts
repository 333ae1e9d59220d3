/** A number for people: at most six significant digits; a dash where it is not defined. */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined) return '-'
  return String(Number(value.toPrecision(6)))
}
