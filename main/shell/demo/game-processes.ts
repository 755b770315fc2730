import { statSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import * as z from 'zod';
import type { Clock, Log } from '../../base/ports.js';
import { gameOrderSchema, leavingSchema, type GameNews, type GameOrder } from './game-messages.js';
import { Utility, type EndSignal, type ForkUtility, type SendSignal } from './utility.js';

export interface GameProcessesDeps {
  /** Path of `out/sandbox/game.mjs`, the only program that is started here. */
  readonly gameFile: string;
  /** Parent folder of the games' folders. */
  readonly dataFolder: string;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly fork: ForkUtility;
  readonly send: SendSignal;
  readonly clock: Clock;
  readonly log: Log;
  /** Sends a message to the sandbox. */
  readonly tell: (news: GameNews) => void;
}

interface Game {
  readonly utility: Utility;
  /** Exit code that the game announced; null = none. */
  leaving: number | null;
  /** Last signal sent to the game; null = none. */
  sent: EndSignal | null;
}

const signalNumbers: Readonly<Record<EndSignal, number>> = { SIGTERM: 15, SIGKILL: 9 };

/**
 * The demo's game servers in a packaged Perch.
 *
 * The sandbox is a utility process, which cannot start others. It asks main to start the game servers as utility
 * processes.
 */
export class GameProcesses {
  readonly #games = new Map<number, Game>();
  #last = 0;
  #allEnded: (() => void) | null = null;
  #closed = false;

  constructor(private readonly deps: GameProcessesDeps) {}

  /** Carries out a message of the sandbox. A message that is no order is logged and ignored. */
  order(message: unknown): void {
    const parsed = gameOrderSchema.safeParse(message);
    if (!parsed.success) {
      this.deps.log.warn('demo.game-order-refused', { reason: z.prettifyError(parsed.error) });
      return;
    }
    const order = parsed.data;
    if (order.kind === 'spawn') return this.#spawn(order);
    const game = this.#games.get(order.id);
    if (game === undefined) return;
    if (order.kind === 'write') return game.utility.post({ kind: 'typed', bytes: order.bytes });
    game.sent = order.signal;
    game.utility.kill(order.signal);
  }

  /** Kills all games and starts no further game. Resolves when all have ended. */
  endAll(): Promise<void> {
    this.#closed = true;
    return new Promise((resolve) => {
      if (this.#games.size === 0) return resolve();
      this.#allEnded = resolve;
      for (const { utility } of this.#games.values()) utility.kill('SIGKILL');
    });
  }

  #spawn({ id, folder, orders }: Extract<GameOrder, { kind: 'spawn' }>): void {
    const { gameFile, fork, send, clock, log, tell } = this.deps;
    // Each number is used once, so that a late message never reaches another game.
    if (this.#closed || id <= this.#last) {
      return log.warn('demo.game-order-refused', { reason: 'too late' });
    }
    this.#last = id;
    if (!this.#isGameFolder(folder)) {
      log.warn('demo.game-order-refused', { reason: 'not a folder of the demo' });
      return tell({ kind: 'ended', id, code: 1 });
    }
    const options = { args: [], env: this.#environment(), cwd: folder, name: 'Perch demo server' };
    const utility = new Utility(fork(gameFile, options), send);
    const game: Game = { utility, leaving: null, sent: null };
    this.#games.set(id, game);
    utility.onStart((pid) => tell({ kind: 'started', id, pid }));
    utility.onMessage((message) => {
      const leaving = leavingSchema.safeParse(message);
      if (leaving.success) game.leaving = leaving.data.code;
    });
    // A container has a terminal, so both streams are one (PROTOCOL 4.12).
    utility.onOutput((_pipe, bytes) => tell({ kind: 'output', id, bytes: new Uint8Array(bytes) }), {
      clock,
      ended: (status) => {
        this.#games.delete(id);
        tell({ kind: 'ended', id, code: this.#shellCode(game, status) });
        if (this.#games.size === 0) this.#allEnded?.();
      },
    });
    utility.post({ kind: 'orders', orders });
  }

  #isGameFolder(folder: string): boolean {
    const below = relative(this.deps.dataFolder, folder);
    const isInside = below !== '' && below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
    return isInside && (statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false);
  }

  /** A minimal environment: Perch's own environment may hold secrets. */
  #environment(): NodeJS.ProcessEnv {
    const names = ['PATH', 'SystemRoot', 'TZ', 'LD_LIBRARY_PATH'];
    return Object.fromEntries(names.map((name) => [name, this.deps.env[name]]));
  }

  /**
   * Exit code as a shell gives it. Electron gives one number for exit codes and signals, so the game's own
   * announcement decides.
   */
  #shellCode({ leaving, sent }: Game, status: number): number {
    if (leaving !== null) return leaving;
    if (this.deps.platform === 'win32') return sent === null ? status : 128 + signalNumbers[sent];
    return status > 0 && status < 128 ? 128 + status : status;
  }
}
