import { useHashLocation } from 'wouter-preact/use-hash-location'

type Hook = typeof useHashLocation

/** The path behind the `#`, without what follows a question mark: what routes go by. */
export function useHashPath(options?: Parameters<Hook>[0]): ReturnType<Hook> {
  const [location, navigate] = useHashLocation(options)
  return [location.split('?', 1)[0] ?? location, navigate]
}
