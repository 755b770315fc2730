/* Code that runs inside a running application: Node's inspector, which SIGUSR1 opens. Linux and macOS only. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { WebSocket } from 'ws';
import { pause } from './figures.mjs';

const opensWithinMs = 10_000;
/** Names of the modules that the code gets. */
const given = ['electron', 'fs', 'v8', 'dgram', 'net'];

/**
 * @typedef {object} Modules
 * @property {typeof import('electron')} electron
 * @property {typeof import('node:fs')} fs
 * @property {typeof import('node:v8')} v8
 * @property {typeof import('node:dgram')} dgram
 * @property {typeof import('node:net')} net
 */

/**
 * A free port on loopback, for `--inspect-port`. The system gives none of these ports to outgoing connections, so the
 * port is still free a while later.
 */
export async function freePort() {
  for (let tries = 1; ; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
      server.close();
      return port;
    } catch (error) {
      if (tries === 100) throw error;
    }
  }
}

/**
 * Runs a function in main of a running Electron application and returns its result. The function gets these modules;
 * nothing else is in its scope, because only its text is sent.
 *
 * @template T
 * @param {{ pid: number, port: number }} process started with `--inspect-port=PORT`
 * @param {(modules: Modules) => Promise<T>} body
 * @returns {Promise<T>}
 */
export async function runInside({ pid, port }, body) {
  process.kill(pid, 'SIGUSR1');
  const socket = new WebSocket(await addressOf(port), { maxPayload: 0 });
  await once(socket, 'open');
  const modules = `{ ${given.map((name) => `${name}: require('${name}')`).join(', ')} }`;
  const expression = `(${body.toString()})(${modules}).then((result) => JSON.stringify(result))`;
  const params = { expression, awaitPromise: true, returnByValue: true, includeCommandLineAPI: true };
  const answered = once(socket, 'message');
  socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
  const [text] = await answered;
  socket.close();
  const { result } = JSON.parse(String(text));
  if (result?.exceptionDetails !== undefined)
    throw new Error(result.exceptionDetails.exception?.description ?? result.exceptionDetails.text);
  return JSON.parse(result.result.value);
}

/** @param {number} port @returns {Promise<string>} */
async function addressOf(port) {
  for (const deadline = Date.now() + opensWithinMs; Date.now() < deadline; await pause(100)) {
    const targets = await fetch(`http://127.0.0.1:${port}/json`).then(
      (answer) => answer.json(),
      () => [],
    );
    if (targets[0] !== undefined) return targets[0].webSocketDebuggerUrl;
  }
  throw new Error(`No inspector on port ${port} within ${opensWithinMs / 1000} s.`);
}
