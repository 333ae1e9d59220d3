import { useEffect, useState } from 'preact/hooks'

const QUERY = '(prefers-color-scheme: dark)'

/** Whether the page is dark now: what draws with colours of its own draws anew when that changes. */
export function useDark(): boolean {
  const [dark, setDark] = useState(() => matchMedia(QUERY).matches)
  useEffect(() => {
    const asked = matchMedia(QUERY)
    const onChange = (): void => setDark(asked.matches)
    asked.addEventListener('change', onChange)
    return () => asked.removeEventListener('change', onChange)
  }, [])
  return dark
}
