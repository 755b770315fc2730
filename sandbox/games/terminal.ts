import { PassThrough, type Readable } from 'node:stream';
import { parentPort, type ParentPort } from '../parent-port.js';
import type { Orders } from './orders.js';

/** What a game has been given by whoever started it. */
export interface Terminal {
  readonly orders: Orders;
  /** What is typed. */
  readonly input: Readable;
}

/** The terminal of this process; the process ends when nobody holds the other end any more. */
export function openTerminal(): Promise<Terminal> {
  process.stdout.on('error', () => process.exit(0));
  const port = parentPort();
  return port === null ? ofChildProcess() : ofUtilityProcess(port);
}

/** Orders come in the variable PERCH_GAME, commands on stdin. */
async function ofChildProcess(): Promise<Terminal> {
  const input = process.stdin;
  // The sandbox holds the other end: when it is gone, however it went, there is nobody to play for.
  input.on('end', () => process.exit(0)).on('error', () => process.exit(0));
  return { orders: JSON.parse(process.env['PERCH_GAME'] ?? 'null') as Orders, input };
}

/** A utility process has no stdin; it ends with the application by itself, and the application ends it with the sandbox. */
function ofUtilityProcess(port: ParentPort): Promise<Terminal> {
  // The application sees a number only, which may be an exit code as well as a signal.
  process.on('exit', (code) => port.postMessage({ kind: 'leaving', code }));
  const input = new PassThrough();
  return new Promise((resolve) => {
    port.on('message', ({ data }) => {
      const { kind, orders, bytes } = data as { kind: string; orders: string; bytes: Uint8Array };
      if (kind === 'orders') resolve({ orders: JSON.parse(orders) as Orders, input });
      else if (kind === 'typed') input.write(bytes);
    });
  });
}
