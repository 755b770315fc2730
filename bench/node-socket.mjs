/* A second client's session with a node, on its own websocket: frames and their times. */
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** @typedef {{ state: string, at: number }} Told `at` is in milliseconds since the epoch, with fractions */

const withinMs = 30_000;

/**
 * @param {import('./servers.mjs').Servers} servers
 * @param {string} uuid
 */
export async function openSocket({ panel, key }, uuid) {
  const answer = await fetch(`${panel}/api/client/servers/${uuid}/websocket`, {
    headers: { accept: 'application/json', authorization: `Bearer ${key}` },
  });
  const { data } = await answer.json();
  const socket = new WebSocket(data.socket, { origin: panel });
  await once(socket, 'open');
  socket.send(JSON.stringify({ event: 'auth', args: [data.token] }));
  /** @type {Told[]} */
  const told = [];
  socket.on('message', (text) => {
    const { event, args } = JSON.parse(String(text));
    if (event === 'status') told.push({ state: args[0], at: performance.timeOrigin + performance.now() });
  });
  return {
    /** @param {'start' | 'stop'} signal */
    power: (signal) => socket.send(JSON.stringify({ event: 'set state', args: [signal] })),
    /** Time at which the node next reports this state. @param {string} state */
    next: (state) => whenTold(told, told.length, state),
    close: () => socket.terminate(),
  };
}

/**
 * @param {readonly Told[]} told
 * @param {number} from
 * @param {string} state
 */
async function whenTold(told, from, state) {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline;) {
    const found = told.slice(from).find((one) => one.state === state);
    if (found !== undefined) return found.at;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error(`No node has told "${state}" within ${withinMs / 1000} s.`);
}
