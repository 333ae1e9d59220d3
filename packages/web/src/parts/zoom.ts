/** What part of an axis is in view. */
export type View = { readonly min: number; readonly max: number }

/** What may be done to a view: look nearer or wider, or move by a part of it. */
export type Move = 'in' | 'out' | 'left' | 'right' | 'all'

const NEARER = 0.5
const STEP = 0.25

/**
 * The view after a move, inside `whole`; undefined for all of it. `at` is what stays where it is while one looks nearer,
 * by default the middle.
 *
 * @example
 * zoom({ min: 0, max: 100 }, { min: 0, max: 100 }, 'in') // { min: 25, max: 75 }
 */
export function zoom(view: View, whole: View, move: Move, at: number = (view.min + view.max) / 2): View | undefined {
  const width = view.max - view.min
  if (move === 'all' || !(width > 0)) return undefined
  if (move === 'left' || move === 'right') return shift(view, whole, (move === 'left' ? -1 : 1) * STEP * width)
  const next = width * (move === 'in' ? NEARER : 1 / NEARER)
  if (next >= whole.max - whole.min) return undefined
  const min = at - ((at - view.min) / width) * next
  return shift({ min, max: min + next }, whole, 0)
}

/** A view moved along the axis, without leaving `whole`. */
export function shift({ min, max }: View, whole: View, by: number): View {
  const width = max - min
  const from = Math.min(Math.max(min + by, whole.min), Math.max(whole.min, whole.max - width))
  return { min: from, max: from + width }
}

/** What is in view by choice: a part, all there is, or by default. */
export type ChosenView = View | 'all' | undefined

/** What a view is a choice of; parts that are told apart by rounding alone are the same. */
export function choiceOf(view: View, { home, whole }: { readonly home: View; readonly whole: View }): ChosenView {
  const isSame = (other: View): boolean => {
    const near = 1e-9 * (other.max - other.min)
    return Math.abs(view.min - other.min) <= near && Math.abs(view.max - other.max) <= near
  }
  if (isSame(home)) return undefined
  return isSame(whole) ? 'all' : view
}
