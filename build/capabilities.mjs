/** Name of a global -> the members that count; none means the whole. What is not named here is free to all. */
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
