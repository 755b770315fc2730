/*
 * The floor for live servers: plain Node that opens a websocket for each server, parses each frame and keeps nothing.
 * Prints its processor use as JSON.
 *
 *   node bench/bare/client.mjs PANEL KEY CALLS-PER-MINUTE MILLISECONDS UUID...
 */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { setTimeout as pause } from 'node:timers/promises';

const [panel = '', key = '', calls = '', measuredMs = '', ...uuids] = process.argv.slice(2);
/** Frames that the sessions send after they open are not measured. */
const restMs = 10_000;

let frames = 0;

/** @param {string} uuid */
async function open(uuid) {
  const answer = await fetch(`${panel}/api/client/servers/${uuid}/websocket`, {
    headers: { accept: 'application/json', authorization: `Bearer ${key}` },
  });
  if (!answer.ok) return null;
  const { data } = await answer.json();
  const socket = new WebSocket(data.socket, { origin: panel });
  socket.on('error', () => undefined);
  socket.on('message', (text) => {
    const { event, args } = JSON.parse(String(text));
    if (event === 'stats') JSON.parse(args[0]);
    frames++;
  });
  socket.once('open', () => socket.send(JSON.stringify({ event: 'auth', args: [data.token] })));
  return socket;
}

const sockets = [];
for (const uuid of uuids) {
  sockets.push(open(uuid));
  await pause(60_000 / Number(calls));
}
const opened = (await Promise.all(sockets)).filter((socket) => socket !== null);
await pause(restMs);
frames = 0;
const before = process.cpuUsage();
await pause(Number(measuredMs));
const { user, system } = process.cpuUsage(before);
const live = opened.filter(({ readyState }) => readyState === WebSocket.OPEN).length;
const share = ((user + system) / 1000 / Number(measuredMs)) * 100;
process.stdout.write(`${JSON.stringify({ share, live, frames })}\n`, () => process.exit());
await once(process, 'exit');
