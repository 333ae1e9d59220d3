const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Does something that ends when the user asks for it: Ctrl-C, a polite kill and a closed terminal abort the signal. */
export async function untilSignal<T>(work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const stopping = new AbortController()
  const onSignal = (): void => stopping.abort()
  for (const signal of signals) process.once(signal, onSignal)
  try {
    return await work(stopping.signal)
  } finally {
    for (const signal of signals) process.removeListener(signal, onSignal)
  }
}
