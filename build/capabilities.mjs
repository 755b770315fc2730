/** Restricted globals: name -> restricted members; an empty list means the whole global. Other globals are free. */
export const capabilities = {
  clock: {
    setTimeout: [],
    setInterval: [],
    setImmediate: [],
    requestIdleCallback: [],
    performance: [],
    Date: ['now'],
    AbortSignal: ['timeout'],
  },
  random: { Math: ['random'], crypto: [] },
  network: { fetch: [], WebSocket: [], XMLHttpRequest: [], EventSource: [] },
  process: { process: [] },
  console: { console: [] },
};
