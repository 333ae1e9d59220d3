import { useState } from 'preact/hooks'

/** What became of something that was sent. */
export type Sending<T> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'done'; readonly value: T }

/** Sends one thing after the other, and knows what became of the newest. */
export function useSending<T>(): readonly [sending: Sending<T>, send: (act: () => Promise<T>) => void] {
  const [sending, setSending] = useState<Sending<T>>({ kind: 'idle' })
  const send = (act: () => Promise<T>): void => {
    setSending({ kind: 'sending' })
    act().then(
      (value) => setSending({ kind: 'done', value }),
      (error: unknown) =>
        setSending({ kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) }),
    )
  }
  return [sending, send]
}
