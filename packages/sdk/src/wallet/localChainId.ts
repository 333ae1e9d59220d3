/** Chain id of the network that `starling up` runs on one machine. */
export const LOCAL_CHAIN_ID = 'starling-local-1'
