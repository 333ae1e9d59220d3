import { useEffect, useState } from 'preact/hooks'

/** How long a view stands still before anything is made of it. */
export const STILL_MS = 300

/** A text once it has not changed for some milliseconds; the first at once. */
export function useSettled(text: string, ms: number): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), ms)
    return () => clearTimeout(timer)
  }, [text, ms])
  return settled
}
