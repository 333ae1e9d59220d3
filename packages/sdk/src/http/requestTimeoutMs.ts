/** How long a request may take. Long: a machine that is busy with other things answers late, and one that is gone refuses at once. */
export const requestTimeoutMs = 30_000
