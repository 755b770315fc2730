import { PassThrough, type Readable } from 'node:stream';
import { parentPort, type ParentPort } from '../parent-port.js';
import type { Orders } from './orders.js';

/** Orders and input from the process that started the game. */
export interface Terminal {
  readonly orders: Orders;
  /** Typed text. */
  readonly input: Readable;
}

/** Terminal of this process. The process ends when the other end is closed. */
export function openTerminal(): Promise<Terminal> {
  process.stdout.on('error', () => process.exit(0));
  const port = parentPort();
  return port === null ? ofChildProcess() : ofUtilityProcess(port);
}

/** Reads orders from the variable PERCH_GAME and commands from stdin. */
async function ofChildProcess(): Promise<Terminal> {
  const input = process.stdin;
  // The other end of this stream belongs to the sandbox, which has ended.
  input.on('end', () => process.exit(0)).on('error', () => process.exit(0));
  return { orders: JSON.parse(process.env['PERCH_GAME'] ?? 'null') as Orders, input };
}

/**
 * Reads orders and commands from messages, because a utility process has no stdin. The process ends when the
 * application ends, or when the application stops the sandbox.
 */
function ofUtilityProcess(port: ParentPort): Promise<Terminal> {
  // The application sees only a number, which may be an exit code or a signal.
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
