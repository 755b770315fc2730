import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Orders } from '../games/orders.js';
import type { ParentPort } from '../parent-port.js';
import { BorrowedHost } from './borrowed-host.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

/** Application's end of the port. */
class PaperPort implements ParentPort {
  readonly asked: unknown[] = [];
  #listener: (event: { data: unknown }) => void = () => undefined;

  on(_event: 'message', listener: (event: { data: unknown }) => void): void {
    this.#listener = listener;
  }

  postMessage(message: unknown): void {
    this.asked.push(message);
  }

  tell(data: unknown): void {
    this.#listener({ data });
  }
}

const orders: Orders = {
  mode: 'play',
  game: 'survival',
  name: 'S',
  invocation: '',
  environment: { SECONDS: '1' },
};

let parent: string;
let folder: string;
let port: PaperPort;
let host: BorrowedHost;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'perch-borrowed-'));
  folder = join(parent, 'nodes', '1');
  port = new PaperPort();
  host = new BorrowedHost(port);
});
afterEach(() => removeFolder(parent));

test('a game is requested in an existing folder, and its process id is known once it is reported', () => {
  const game = host.spawn(folder, orders);
  expect(existsSync(folder)).toBe(true);
  expect(port.asked).toEqual([{ kind: 'spawn', id: 1, folder, orders: JSON.stringify(orders) }]);
  expect(game.pid).toBeNull();
  port.tell({ kind: 'started', id: 1, pid: 42 });
  expect(game.pid).toBe(42);
});

test('output and end reach their own game', () => {
  const heard: string[] = [];
  for (const name of ['first', 'second']) {
    const game = host.spawn(folder, orders);
    game.onOutput((bytes) => heard.push(`${name}: ${bytes.toString('utf8')}`));
    game.onExit(({ code }) => heard.push(`${name} ended with ${code}`));
  }
  port.tell({ kind: 'output', id: 2, bytes: new TextEncoder().encode('hé') });
  port.tell({ kind: 'output', id: 1, bytes: new TextEncoder().encode('ho') });
  port.tell({ kind: 'ended', id: 2, code: 137 });
  port.tell({ kind: 'ended', id: 2, code: 0 });
  port.tell({ kind: 'output', id: 2, bytes: new Uint8Array(1) });
  expect(heard).toEqual(['second: hé', 'first: ho', 'second ended with 137']);
});

test('commands and signals are requested until the game has ended', () => {
  const game = host.spawn(folder, orders);
  port.asked.length = 0;
  game.write(Buffer.from('list\n'));
  game.kill('SIGTERM');
  game.kill('SIGKILL');
  port.tell({ kind: 'ended', id: 1, code: 137 });
  game.write(Buffer.from('late\n'));
  game.kill('SIGKILL');
  expect(port.asked).toEqual([
    { kind: 'write', id: 1, bytes: new TextEncoder().encode('list\n') },
    { kind: 'kill', id: 1, signal: 'SIGTERM' },
    { kind: 'kill', id: 1, signal: 'SIGKILL' },
  ]);
});

test.each([null, 'ended', { kind: 'end' }, { kind: 'ended', id: 1 }, { kind: 'started', id: 1, pid: -1 }])(
  'a message that is not about a game has no effect: %j',
  (message) => {
    const game = host.spawn(folder, orders);
    let ended = false;
    game.onExit(() => (ended = true));
    port.tell(message);
    expect([game.pid, ended]).toEqual([null, false]);
  },
);
