import { useEffect, useState } from 'preact/hooks'

/** The clock of this machine in milliseconds since 1970, drawn anew each second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}
