/**
 * The CometBFT release that a network of several validators runs on, and whose RPC the embedded engine speaks: clients
 * choose their decoders by it. SPEC wire 3.0
 */
export const COMET_VERSION = '0.38.26'
