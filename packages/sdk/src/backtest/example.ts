/** The table that comes with Starling: what reports call it, and the loss that its topic declares. */
export const example = { name: 'S&P 500 volatility (example)', loss: 'qlike' } as const
