/** How many epochs a view may look back. */
export const spans = [64, 256, 1024] as const
