/** The value stored under a name, undefined where there is none; never what every object inherits. */
export function entryOf<V>(record: Readonly<Record<string, V>> | undefined, name: string): V | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined
}
