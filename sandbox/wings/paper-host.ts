import { GAMES, gameNamed, type GameName } from '../games/catalogue.js';
import { queryOrder, type Orders } from '../games/orders.js';
import type { Scene } from '../games/profile.js';
import { PROFILES } from '../games/profiles.js';
import type { QueriedPlayer, QueryFaults } from '../games/query/queried-game.js';
import type { QueryServer } from '../games/query/query-server.js';
import { receptionOf } from '../games/reception.js';
import { Roster } from '../games/roster.js';
import type { GameEnd, GameHost, GameProcess } from './game-host.js';
import type { Gauge, Measurement } from './meter.js';
import { paperFigures } from './paper-figures.js';
import { paperLoad, readPaperLoad, type PaperLoad } from './paper-load.js';

/** Time between two lines of a boot, an installation or a shutdown. */
const lineMs = 150;
/** Shortest time between two lines of a game with players; the longest is twice that. */
const leastChatMs = 900;
/** Players of a game with a load at its start. */
const playersWithLoad = 4;
const people = ['Marten', 'Juniper', 'Saga', 'Linnea', 'Kofi', 'Ines', 'Wren'];
const mostPlayers = 20;
/** Factor for the seed of `paperFigures`, so that neighbours in a list do not move alike. */
const spread = 7919;

/**
 * Simulates games without processes, for a thousand servers on one computer.
 * A game boots, answers each typed line with one line, stops at its stop word, crashes on command and has usage. It
 * writes no files, and prints lines by itself only with a load (`paper-load.ts`). Its pids are negative, so that they
 * never match a process of the system.
 */
export class PaperHost implements GameHost {
  readonly #games = new Map<number, PaperGame>();
  #last = 0;

  readonly gauge: Gauge = (pids) => {
    const now = Date.now();
    const found = pids.flatMap((pid): [number, Measurement][] => {
      const game = this.#games.get(pid);
      return game === undefined ? [] : [[pid, game.figures(now)]];
    });
    return Promise.resolve(new Map(found));
  };

  spawn(_folder: string, orders: Orders): GameProcess {
    this.#last -= 1;
    const pid = this.#last;
    const game = new PaperGame(pid, orders, () => this.#games.delete(pid));
    this.#games.set(pid, game);
    return game;
  }
}

class PaperGame implements GameProcess {
  readonly #game: GameName;
  readonly #began = Date.now();
  readonly #load: PaperLoad | null;
  readonly #players = new Roster(Date.now);
  /** null = the game does not answer queries, or only later. */
  #reception: QueryServer | null = null;
  #faults: QueryFaults;
  readonly #outputs = new Set<(bytes: Buffer) => void>();
  readonly #exits = new Set<(end: GameEnd) => void>();
  #said: readonly string[] = [];
  #typed = '';
  #timer: NodeJS.Timeout | null = null;
  #isReady = false;
  #isLeaving = false;
  #isOver = false;

  constructor(
    readonly pid: number,
    private readonly orders: Orders,
    private readonly gone: () => void,
  ) {
    this.#game = gameNamed(orders.game);
    this.#load = readPaperLoad(orders.environment['PAPER_LOAD']);
    this.#faults = orders.query ?? {};
    const online = this.#load === null ? (-pid * spread) % (people.length + 1) : playersWithLoad;
    for (const person of people.slice(0, online)) this.#players.join(person);
    if (orders.mode === 'install') {
      this.#say([`Fetching the files of ${orders.game}`, `Ready to play "${orders.name}"`], () =>
        this.#end(0),
      );
    } else {
      const [last = '', ...others] = this.#boot().reverse();
      this.#say(others.reverse(), () => this.#receive(() => this.#getReady(last)));
    }
  }

  figures(now: number): Measurement {
    const memoryMb = Number(this.orders.environment['SERVER_MEMORY'] ?? 0);
    if (this.#load !== null) return paperLoad(this.#load, now - this.#began, memoryMb);
    return paperFigures(-this.pid * spread, now - this.#began, memoryMb);
  }

  write(bytes: Buffer): void {
    const lines = (this.#typed + bytes.toString('utf8')).split('\n');
    this.#typed = lines.pop() ?? '';
    for (const line of lines) {
      const faults = queryOrder(line);
      if (faults === null) this.#read(line.trim());
      else {
        this.#faults = faults;
        this.#reception?.disturb(faults);
      }
    }
  }

  kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    if (signal === 'SIGTERM') this.#leave();
    // As with a process, the end is reported some time after the kill.
    else setImmediate(() => this.#end(137));
  }

  onOutput(listener: (bytes: Buffer) => void): void {
    this.#outputs.add(listener);
  }

  onExit(listener: (end: GameEnd) => void): void {
    this.#exits.add(listener);
  }

  /** The first line, and the line that reports readiness. */
  #boot(): string[] {
    const { invocation, name } = this.orders;
    const steps = PROFILES[this.#game].boot;
    const scene = { name, seconds: lineMs / 1000, players: [], slots: mostPlayers };
    const lines = [steps[0], steps.at(-1)].flatMap((step) => (step === undefined ? [] : [step(scene)]));
    return invocation === '' ? lines : [invocation, ...lines];
  }

  /** Prints lines as a game with players does. */
  #chat(): void {
    this.#timer = setTimeout(
      () => {
        if (this.#isLeaving) return;
        this.#print(this.#smallTalk());
        this.#chat();
      },
      leastChatMs + Math.random() * leastChatMs,
    );
  }

  #smallTalk(): string {
    const { chatter, joined, left } = PROFILES[this.#game];
    const chance = Math.floor(Math.random() * (chatter.length + 2));
    const talk = chatter[chance];
    if (talk !== undefined) return this.#unsaid(talk);
    const someone = people[Math.floor(Math.random() * people.length)] ?? '';
    if (!this.#players.has(someone)) {
      this.#players.join(someone);
      return joined(someone);
    }
    this.#players.leave(someone);
    return left(someone);
  }

  /** Avoids recent lines; after a few tries a repetition is accepted. */
  #unsaid(talk: (scene: Scene) => string): string {
    const scene = { name: this.orders.name, seconds: 0, players: this.#players.names, slots: mostPlayers };
    let line = talk(scene);
    for (let tries = 0; tries < 8 && this.#said.includes(saying(line)); tries++) line = talk(scene);
    this.#said = [...this.#said, saying(line)].slice(-7);
    return line;
  }

  #read(line: string): void {
    if (line === '' || this.#isLeaving) return;
    if (line === GAMES[this.#game].stop || line === 'stop') this.#leave();
    else if (line === 'crash' && this.#isReady) this.#end(1);
    else if (this.#isReady && /^(?:join|leave) ./.test(line)) this.#print(this.#moved(line));
    else if (this.#isReady) this.#print(PROFILES[this.#game].info(`(on paper) ${line}`));
  }

  /** `join NAME` and `leave NAME`, as the other games of the sandbox. */
  #moved(line: string): string {
    const { joined, left } = PROFILES[this.#game];
    const isJoin = line.startsWith('join ');
    const player = line.slice(line.indexOf(' ') + 1);
    if (isJoin) this.#players.join(player);
    else this.#players.leave(player);
    return isJoin ? joined(player) : left(player);
  }

  #getReady(line: string): void {
    this.#print(line);
    this.#isReady = true;
    if (this.#load !== null) this.#chat();
  }

  /** Answers queries from now on, where the server has an address for that. */
  #receive(then: () => void): void {
    const { environment, name } = this.orders;
    const players = (): QueriedPlayer[] => this.#players.queried();
    const refused = (): void => undefined;
    this.#reception = receptionOf({ game: this.#game, name, environment, properties: {}, players, refused });
    if (this.#reception === null) return then();
    this.#reception.disturb(this.#faults);
    void this.#reception.open().then(() => {
      if (this.#isLeaving || this.#isOver) this.#reception?.close();
      else then();
    });
  }

  #leave(): void {
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    this.#reception?.close();
    this.#say(PROFILES[this.#game].saving, () => this.#end(0));
  }

  /** Prints lines one after the other. Ends an earlier series. */
  #say(lines: readonly string[], then: () => void): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const [line, ...rest] = lines;
    this.#timer = setTimeout(() => {
      if (line === undefined) return then();
      this.#print(line);
      this.#say(rest, then);
    }, lineMs);
  }

  #print(line: string): void {
    const bytes = Buffer.from(`${line}\n`, 'utf8');
    for (const listener of this.#outputs) listener(bytes);
  }

  #end(code: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#reception?.close();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.gone();
    for (const listener of this.#exits) listener({ code });
  }
}

/** A line without its time and speaker. */
function saying(line: string): string {
  return line.slice(line.indexOf(': ')).replace(/<\w+>|\d+/g, '');
}
