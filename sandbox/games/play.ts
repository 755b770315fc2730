import type { Profile, Scene } from './profiles.js';
import { ailmentAtStart, catchAilment, writeReport } from './ailments.js';
import { Commands } from './commands.js';
import { leave } from './leave.js';
import type { Orders } from './orders.js';
import type { World } from './world.js';

const PEOPLE = ['Olive', 'Marten', 'Juniper', 'Wren', 'Tobias', 'Saga', 'Piotr', 'Linnea', 'Kofi', 'Ines'];
const SAVE_MS = 60_000;
const STEP_MS = 1000;

/** One game from its boot to its end: prints lines, reads commands, saves, and stops on request. */
export class Game {
  readonly #commands: Commands;
  readonly #players: string[] = [];
  readonly #began = Date.now();
  #leaving = false;
  #ready = false;
  /** True once commands set the players; then no players come and go by themselves. */
  #isByHand = false;
  #pending = '';
  #queue: string[] = [];

  constructor(
    private readonly orders: Orders,
    private readonly profile: Profile,
    stopWord: string,
    private readonly world: World,
  ) {
    this.#commands = new Commands(profile, stopWord, {
      print: (...lines) => this.print(...lines),
      write: (bytes) => void process.stdout.write(bytes),
      scene: () => this.#scene(),
      stop: () => void this.stop(),
      join: (player) => {
        this.#isByHand = true;
        this.#join(player);
      },
      leave: (player) => {
        this.#isByHand = true;
        this.#leave(player);
      },
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
    // The last step reports readiness.
    const steps = ailment === null ? this.profile.boot : this.profile.boot.slice(0, -1);
    for (const [index, step] of steps.entries()) {
      if (index > 0) await pause(bootMs / (steps.length - 1));
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
      if (this.#ready) this.#commands.run(line);
      else this.#queue.push(line);
    }
  }

  /** Saves for about a second and exits with 0. A game that hangs does nothing. */
  async stop(): Promise<void> {
    if (this.#leaving || this.#commands.deaf) return;
    this.#leaving = true;
    for (const line of this.profile.saving) {
      this.print(line);
      await pause(1000 / this.profile.saving.length);
    }
    this.world.save();
    this.print(this.profile.info('Everything is saved. Goodbye.'));
    leave(0);
  }

  #scene(): Scene {
    return {
      name: this.orders.name,
      seconds: (Date.now() - this.#began) / 1000,
      players: this.#players,
    };
  }

  #join(player: string): void {
    if (this.#players.includes(player)) return;
    this.#players.push(player);
    this.print(this.profile.joined(player));
  }

  #leave(player: string): void {
    const gone = this.#players.filter((each) => player === '' || each === player);
    for (const each of gone) {
      this.#players.splice(this.#players.indexOf(each), 1);
      this.print(this.profile.left(each));
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
    const until = Date.now() + 2 + Math.random() * 8 + this.#players.length;
    let sum = 0;
    while (Date.now() < until) sum += Math.sqrt(sum + 1);
  }

  async #chat(): Promise<void> {
    while (!this.#leaving) {
      await pause(12_000 + Math.random() * 30_000);
      if (this.#leaving) return;
      const chance = this.#isByHand ? 1 : Math.random();
      const absent = PEOPLE.filter((person) => !this.#players.includes(person));
      const newcomer = absent[Math.floor(Math.random() * absent.length)];
      if (chance < 0.4 && newcomer !== undefined && this.#players.length < 6) {
        this.#join(newcomer);
      } else if (chance < 0.55 && this.#players.length > 0) {
        this.#leave(this.#players[0] ?? '');
      } else {
        const chatter = this.profile.chatter;
        const line = chatter[Math.floor(Math.random() * chatter.length)];
        if (line !== undefined) this.print(line(this.#scene()));
      }
    }
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
