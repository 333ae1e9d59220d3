/** The two processes of a node: the application, and the engine that makes its blocks. */
export type Role = 'app' | 'engine'

/** Both, in the order in which they are started. */
export const roles: readonly Role[] = ['app', 'engine']

/** What people call it. */
export const roleNames: Readonly<Record<Role, string>> = { app: 'the application', engine: 'CometBFT' }
