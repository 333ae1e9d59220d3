import type { styleText } from 'node:util'
import { figure } from './formatReport.ts'

/** Paints a text, or leaves it as it is. */
export type Style = (format: Parameters<typeof styleText>[0], text: string) => string

/** A bar of so many cells that is full to a fraction. */
export function bar(fraction: number, cells: number): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * cells)
  return '█'.repeat(full) + '░'.repeat(cells - full)
}

/** A text no longer than a width. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`
}

/** A fraction as percent without decimals. */
export function percent(fraction: number): string {
  return `${Math.round(100 * fraction)} %`
}

/** A number, or of labels each with its probability. */
export function formatValues(labels: readonly string[], values: readonly number[]): string {
  if (labels.length === 0) return values.map((value) => figure(value)).join(' ')
  return labels.map((label, i) => `${label} ${percent(values[i] ?? 0)}`).join(', ')
}
