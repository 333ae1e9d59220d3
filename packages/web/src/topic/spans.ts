/** How many epochs a comparison may look back. */
export const spans = [64, 256, 1024] as const
/** How many epochs the page of a topic may look back; it may also look at all. */
export const longSpans = [64, 256, 1024, 4096, 16384] as const
