/** Hands a file to the user, as CSV by default. */
export function download(name: string, content: Iterable<string> | Blob): void {
  const blob = content instanceof Blob ? content : new Blob([...content], { type: 'text/csv;charset=utf-8' })
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
