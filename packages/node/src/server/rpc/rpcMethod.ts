/** What a caller names its call with; it is echoed with its type. */
export type RpcId = string | number | null

/** Parameters of one call by name, and whether they came as JSON or as text in a URL. */
export type RpcParams = { readonly form: 'json' | 'uri'; readonly values: Readonly<Record<string, unknown>> }

/** One method: the names of its parameters in the order of the positional form, and what it answers to a call. */
export type RpcMethod = { readonly params: readonly string[]; readonly run: (params: RpcParams, id: RpcId) => unknown }

/** Methods by name. */
export type RpcMethods = ReadonlyMap<string, RpcMethod>
