/** A number of a prediction for people: at most six significant digits; a dash where there is none. */
export function formatNumber(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '–'
  return String(Number(value.toPrecision(6)))
}

/** The same at a glance: at most four significant digits. */
export function formatRoughly(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '–'
  return String(Number(value.toPrecision(4)))
}

/** A whole number with its thousands apart. */
export function formatWhole(value: bigint | number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f')
}
