import { useEffect, useRef, useState } from 'preact/hooks'

/** What came of asking: the newest value, and why the newest try failed. The value stays while it is asked again. */
export type Asked<T> = { readonly value?: T; readonly error?: Error }

/**
 * Asks when something is drawn, and again whenever `tick` changes; while one question is under way no other is sent,
 * and the newest tick is asked for after it. A new `key` forgets what was known.
 */
export function useAsked<T>(key: string, tick: unknown, ask: () => Promise<T>): Asked<T> {
  const [asked, setAsked] = useState<Asked<T> & { readonly key: string }>({ key })
  const running = useRef(false)
  const missed = useRef(false)
  const newest = useRef({ key, ask })
  newest.current = { key, ask }
  useEffect(() => {
    const run = async (): Promise<void> => {
      running.current = true
      do {
        missed.current = false
        const { key: own, ask: question } = newest.current
        const outcome = await settle(question)
        if (own === newest.current.key) setAsked((old) => join(old, own, outcome))
        else missed.current = true
      } while (missed.current)
      running.current = false
    }
    if (running.current) missed.current = true
    else void run()
  }, [key, tick])
  return asked.key === key ? asked : {}
}

async function settle<T>(question: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { value: await question() }
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }
}

/** A failure keeps the value that was known; it is drawn as old. */
function join<T>(old: Asked<T> & { key: string }, key: string, outcome: Asked<T>): Asked<T> & { key: string } {
  if (outcome.error === undefined || old.key !== key || old.value === undefined) return { key, ...outcome }
  return { key, value: old.value, error: outcome.error }
}
