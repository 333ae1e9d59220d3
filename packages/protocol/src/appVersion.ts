/** Version of the state machine: it stands in every header, and changes whenever the same blocks give another state. */
export const APP_VERSION = 1
