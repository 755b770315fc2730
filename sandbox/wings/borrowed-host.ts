import { mkdirSync } from 'node:fs';
import * as z from 'zod';
import type { Orders } from '../games/orders.js';
import type { ParentPort } from '../parent-port.js';
import type { GameEnd, GameHost, GameProcess } from './game-host.js';

const id = z.int().positive();

/** Messages from the application about a game; `main/shell/demo/game-messages.ts` has the other direction. */
const newsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), id, pid: z.int().positive() }),
  z.object({ kind: z.literal('output'), id, bytes: z.instanceof(Uint8Array) }),
  z.object({ kind: z.literal('ended'), id, code: z.int() }),
]);

/**
 * Runs games through the application. Inside a package the sandbox is a utility process of Electron without Node, so
 * only the application can start processes.
 */
export class BorrowedHost implements GameHost {
  readonly #games = new Map<number, BorrowedGame>();
  #last = 0;

  constructor(private readonly port: ParentPort) {
    port.on('message', ({ data }) => this.#heard(data));
  }

  spawn(folder: string, orders: Orders): GameProcess {
    mkdirSync(folder, { recursive: true });
    const id = ++this.#last;
    const game = new BorrowedGame(id, this.port);
    this.#games.set(id, game);
    this.port.postMessage({ kind: 'spawn', id, folder, orders: JSON.stringify(orders) });
    return game;
  }

  #heard(data: unknown): void {
    const parsed = newsSchema.safeParse(data);
    // The port carries other messages as well.
    if (!parsed.success) return;
    const news = parsed.data;
    const game = this.#games.get(news.id);
    if (game === undefined) return;
    if (news.kind === 'started') game.pid = news.pid;
    else if (news.kind === 'output') game.said(Buffer.from(news.bytes));
    else {
      this.#games.delete(news.id);
      game.ended({ code: news.code });
    }
  }
}

class BorrowedGame implements GameProcess {
  readonly #onOutput: ((bytes: Buffer) => void)[] = [];
  readonly #onExit: ((end: GameEnd) => void)[] = [];
  #over = false;
  pid: number | null = null;

  constructor(
    private readonly id: number,
    private readonly port: ParentPort,
  ) {}

  write(bytes: Buffer): void {
    // A copy of the bytes, because a small Buffer is a view of memory that it shares with others.
    if (!this.#over) this.port.postMessage({ kind: 'write', id: this.id, bytes: new Uint8Array(bytes) });
  }

  kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    if (!this.#over) this.port.postMessage({ kind: 'kill', id: this.id, signal });
  }

  onOutput(listener: (bytes: Buffer) => void): void {
    this.#onOutput.push(listener);
  }

  onExit(listener: (end: GameEnd) => void): void {
    this.#onExit.push(listener);
  }

  said(bytes: Buffer): void {
    for (const listener of this.#onOutput) listener(bytes);
  }

  ended(end: GameEnd): void {
    this.#over = true;
    for (const listener of this.#onExit) listener(end);
  }
}
