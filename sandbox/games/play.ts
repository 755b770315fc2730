import { ailmentAtStart, catchAilment, writeReport } from './ailments.js';
import { GAMES, type GameName } from './catalogue.js';
import { Commands } from './commands.js';
import { leave } from './leave.js';
import type { Moderation } from './moderation/ground.js';
import { moderationOf } from './moderation/moderation.js';
import { queryOrder, type Orders } from './orders.js';
import type { Profile, Scene } from './profile.js';
import { PROFILES } from './profiles.js';
import { readProperties } from './properties.js';
import type { QueryFaults } from './query/queried-game.js';
import type { QueryServer } from './query/query-server.js';
import { receptionOf, slotsOf } from './reception.js';
import { Roster } from './roster.js';
import type { World } from './world.js';

const PEOPLE = ['Olive', 'Marten', 'Juniper', 'Wren', 'Tobias', 'Saga', 'Piotr', 'Linnea', 'Kofi', 'Ines'];
const SAVE_MS = 60_000;
const STEP_MS = 1000;

/** One game from its boot to its end: prints lines, reads commands, saves, and stops on request. */
export class Game {
  readonly #commands: Commands;
  readonly #players = new Roster(Date.now);
  readonly #properties = readProperties(process.cwd());
  readonly #began = Date.now();
  #leaving = false;
  #ready = false;
  /** null = the game does not answer queries, or only later. */
  #reception: QueryServer | null = null;
  #faults: QueryFaults;
  readonly #profile: Profile;
  readonly #moderation: Moderation | null;
  /** True once commands set the players; then no players come and go by themselves. */
  #isByHand = false;
  #pending = '';
  #queue: string[] = [];

  constructor(
    private readonly orders: Orders,
    private readonly game: GameName,
    private readonly world: World,
  ) {
    this.#profile = PROFILES[game];
    this.#faults = orders.query ?? {};
    this.#moderation = moderationOf(this.#profile, {
      folder: process.cwd(),
      print: (...lines) => this.print(...lines),
      info: (text) => this.#profile.info(text),
      players: () => this.#players.names,
      isFull: () => this.#isFull(),
      drop: (player, why) => this.#leave(player, why),
    });
    this.#commands = new Commands(this.#profile, GAMES[game].stop, {
      print: (...lines) => this.print(...lines),
      write: (bytes) => void process.stdout.write(bytes),
      scene: () => this.#scene(),
      stop: () => void this.stop(),
      join: (player) => {
        this.#emptyFor(player);
        this.#join(player);
      },
      leave: (player) => {
        this.#isByHand = true;
        this.#leave(player);
      },
      moderate: (word, text) => this.#moderation?.run(word, text) ?? false,
      ail: (name) => catchAilment(process.cwd(), name, orders),
    });
  }

  print(...lines: string[]): void {
    if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
  }

  /** Plays the boot up to the line that reports readiness, then idle output. */
  async play(): Promise<void> {
    if (this.orders.invocation !== '') {
      this.print(`\u001b[1m\u001b[33mcontainer@pterodactyl~ \u001b[0m${this.orders.invocation}`);
    }
    const ailment = ailmentAtStart(process.cwd(), this.orders);
    if (ailment !== null) {
      this.print(...ailment.lines);
      writeReport(process.cwd(), ailment);
      if (ailment.code !== null) return leave(ailment.code);
    }
    const asked = Number(this.orders.environment['BOOT_SECONDS']);
    const bootMs = (Number.isFinite(asked) && asked > 0 ? asked : 2 + Math.random() * 1.5) * 1000;
    const steps = ailment === null ? this.#profile.boot : this.#profile.boot.slice(0, -1);
    for (const [index, step] of steps.entries()) {
      if (index > 0) await pause(bootMs / (steps.length - 1));
      // The last step reports readiness, so answers begin before that step.
      if (index === this.#profile.boot.length - 1) await this.#receive();
      if (this.#leaving) return;
      this.print(step(this.#scene()));
      if (index === 0) this.world.save();
    }
    this.#ready = true;
    for (const line of this.#queue.splice(0)) this.#commands.run(line);
    this.#liveOn();
  }

  /** Reads typed lines. An unfinished line waits for its newline, and all lines wait for the end of the boot. */
  typed(text: string): void {
    const lines = (this.#pending + text).split('\n');
    this.#pending = lines.pop() ?? '';
    for (const line of lines) {
      const faults = queryOrder(line);
      if (faults !== null) this.#disturb(faults);
      else if (this.#ready) this.#commands.run(line);
      else this.#queue.push(line);
    }
  }

  /** Saves for about a second and exits with 0. A game that hangs does nothing. */
  async stop(): Promise<void> {
    if (this.#leaving || this.#commands.deaf) return;
    this.#leaving = true;
    this.#reception?.close();
    for (const line of this.#profile.saving) {
      this.print(line);
      await pause(1000 / this.#profile.saving.length);
    }
    this.world.save();
    this.print(this.#profile.info('Everything is saved. Goodbye.'));
    leave(0);
  }

  #scene(): Scene {
    return {
      name: this.orders.name,
      seconds: (Date.now() - this.#began) / 1000,
      players: this.#players.names,
      slots: this.#faults.slots ?? slotsOf(this.game, this.orders.environment, this.#properties),
    };
  }

  #isFull(): boolean {
    return this.#players.size >= this.#scene().slots;
  }

  /** Answers queries from now on. */
  async #receive(): Promise<void> {
    const { environment, name } = this.orders;
    this.#reception = receptionOf({
      game: this.game,
      name,
      environment,
      properties: this.#properties,
      players: () => this.#players.queried(),
      refused: (door) => this.print(this.#profile.info(`Nobody can join over ${door}: it is in use`)),
    });
    this.#reception?.disturb(this.#faults);
    await this.#reception?.open();
  }

  #disturb(faults: QueryFaults): void {
    this.#faults = faults;
    this.#reception?.disturb(faults);
  }

  #join(player: string): void {
    if (this.#players.has(player)) return;
    const refusal = this.#moderation?.refusal(player) ?? null;
    if (refusal !== null) return this.print(...refusal);
    if (this.#isFull()) return;
    this.#players.join(player);
    this.print(this.#profile.joined(player));
  }

  /** Before the first command that sets the players, players who came by themselves leave. */
  #emptyFor(player: string): void {
    const visitors = this.#isByHand ? [] : this.#players.names.filter((each) => each !== player);
    this.#isByHand = true;
    for (const each of visitors) this.#leave(each);
  }

  /** Without a name every player leaves. */
  #leave(player: string, why?: string): void {
    const gone = this.#players.names.filter((each) => player === '' || each === player);
    for (const each of gone) {
      this.#players.leave(each);
      this.print(this.#profile.left(each, why));
    }
  }

  #liveOn(): void {
    setInterval(() => {
      if (!this.#leaving) this.world.save();
    }, SAVE_MS);
    setInterval(() => this.#step(), STEP_MS);
    void this.#chat();
  }

  /** Works a little each second, so that a running game visibly uses the processor. */
  #step(): void {
    const until = Date.now() + 2 + Math.random() * 8 + this.#players.size;
    let sum = 0;
    while (Date.now() < until) sum += Math.sqrt(sum + 1);
  }

  async #chat(): Promise<void> {
    while (!this.#leaving) {
      await pause(12_000 + Math.random() * 30_000);
      if (this.#leaving) return;
      const chance = this.#isByHand ? 1 : Math.random();
      const absent = PEOPLE.filter((person) => !this.#players.has(person));
      const newcomer = absent[Math.floor(Math.random() * absent.length)];
      if (chance < 0.4 && newcomer !== undefined && this.#players.size < 6) {
        this.#join(newcomer);
      } else if (chance < 0.55 && this.#players.size > 0) {
        this.#leave(this.#players.names[0] ?? '');
      } else {
        const chatter = this.#profile.chatter;
        const line = chatter[Math.floor(Math.random() * chatter.length)];
        if (line !== undefined) this.print(line(this.#scene()));
      }
    }
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
