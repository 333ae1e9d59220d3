/**
 * Whose page a request comes from: `own` is a page of this machine or one that this very server has served, `listed` one
 * that the operator has named (`*` names all), `foreign` any other.
 */
export function originKind(origin: string, host: string | undefined, listed: readonly string[]): OriginKind {
  try {
    const url = new URL(origin)
    if (isLocal(url.hostname) || url.host === host) return 'own'
  } catch {
    return 'foreign'
  }
  return listed.includes(origin) || listed.includes('*') ? 'listed' : 'foreign'
}

export type OriginKind = 'own' | 'listed' | 'foreign'

function isLocal(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^(127(\.\d+){3}|\[::1\])$/.test(hostname)
}
