import { Dice } from './dice.js';
import { GameLife } from './game-life.js';
import { Life } from './life.js';
import type { ModelServer } from './model/model-server.js';
import { ModelKeyring } from './model/keyring.js';
import { Person } from './person.js';
import { Recorder } from './recorder.js';
import { SoakDisk } from './soak-disk.js';
import { SoakTime } from './soak-time.js';
import { SoakWorld } from './soak-world.js';
import { controlsOf, SoakedPerch } from './soaked-perch.js';
import type { Transcript } from './transcript.js';
import { unsettledIn, type Truth } from './unsettled.js';
import { troubles } from './weather.js';

export interface HistoryOptions {
  seed: number;
  minutes: number;
  /** Kinds of trouble to include; undefined = all. */
  only?: readonly string[] | undefined;
  /** Set for a long measurement: keeps no records for the judge, and a person only looks at the fleet now and then. */
  steady?: {
    servers: number;
    everyMs: number;
    look(at: number, servers: number): void;
  };
}

/** Time after the last trouble until Perch must be right, in ms. */
const settleMs = 120_000;
/** No server changes in the last part: their alerts may rightly come after the end. */
const quietMs = 70_000;
/** Changes in the last moment can't be known yet, in ms. */
const newsMs = 1000;

/** One history from a seed: the world, its troubles, a person, and Perch. */
export class History {
  readonly #options: HistoryOptions;
  readonly #time: SoakTime;
  readonly #dice: Dice;
  readonly #recorder: Recorder;
  readonly #world: SoakWorld;
  readonly #disk = new SoakDisk();
  readonly #random: Dice;
  /** For all about games. A fork of `#dice` would change every history. */
  readonly #gameDice: Dice;
  #perch: SoakedPerch;
  #runs = 0;
  #unlisten = (): void => undefined;
  #isOpen = false;
  readonly #keyring: ModelKeyring;
  readonly #end: number;
  /** Number of troubles at the moment. */
  #underWay = 0;

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.#end = Math.max(options.minutes * 60_000, settleMs + 60_000);
    this.#dice = new Dice(options.seed);
    const dice = this.#dice;
    this.#gameDice = new Dice(options.seed + 2 ** 24);
    this.#time = new SoakTime(dice.chance(0.3));
    this.#recorder = new Recorder(this.#time);
    const recorder = this.#recorder;
    this.#world = new SoakWorld({
      time: this.#time,
      dice: dice.fork(),
      gameDice: this.#gameDice.fork(),
      servers: options.steady?.servers ?? (dice.chance(0.04) ? 400 : dice.between(40, 80)),
      isTalkative: options.steady !== undefined,
      carriedOut: (server, what) => recorder.carriedOut(this.#world.idOf(server), what),
      ownRefusal: (panel, server) =>
        void recorder.ownRefusal(panel, server === null ? null : this.#world.idOf(server)),
      strayKey: (url) => void recorder.strayKeys.push({ at: this.#time.now, url }),
      asked: (server) => this.#asked(this.#world.idOf(server)),
      event: (text, about) => recorder.event(text, about),
    });
    for (const server of this.#world.servers) this.#follow(server);
    this.#random = dice.fork();
    const keys = new Map(this.#world.panels.map(({ id, key }) => [id, key]));
    this.#keyring = new ModelKeyring(keys, dice.chance(0.5));
    this.#perch = this.#newPerch();
  }

  #newPerch(): SoakedPerch {
    const recorder = this.#recorder;
    return new SoakedPerch({
      world: this.#world,
      time: this.#time,
      random: () => this.#random.next(),
      gameRandom: () => this.#gameDice.next(),
      keyring: this.#keyring,
      disk: this.#disk,
      run: `run${++this.#runs}`,
      onAlert: (alert) => recorder.alert(alert),
      onEntry: (event) => recorder.players.entry(event),
      onEmpty: (serverId, minutes) => recorder.players.foundEmpty(serverId, minutes),
      onSignal: (serverId, signal, isBulk) => {
        const click = recorder.clicked(serverId, signal, isBulk);
        return (error) => recorder.refused(click, error);
      },
    });
  }

  #begin(): void {
    this.#unlisten = this.#perch.store.listen((event) => {
      this.#recorder.changed(event);
      this.#recorder.players.changed(event, this.#time.clock.now());
    });
    this.#perch.start();
    this.#isOpen = true;
  }

  async #quit(person: Person): Promise<void> {
    this.#isOpen = false;
    person.leave();
    this.#unlisten();
    await this.#perch.stop();
  }

  async run(): Promise<Transcript> {
    const uncaught = (error: unknown): void => {
      this.#recorder.uncaught.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    };
    process.on('unhandledRejection', uncaught);
    try {
      return await this.#live();
    } finally {
      process.off('unhandledRejection', uncaught);
    }
  }

  async #live(): Promise<Transcript> {
    const time = this.#time;
    const person = new Person(
      controlsOf(() => this.#perch),
      this.#dice.fork(),
      this.#recorder,
    );
    this.#begin();
    this.#plan(person);
    await this.#liveThroughGaps(person);
    const perch = this.#perch;
    const unsettled = [...unsettledIn(perch.store.state, this.#truth()), ...perch.disagreements()];
    await this.#quit(person);
    await time.runUntil(time.now + 1000);
    const clients = [...this.#world.ports.values()].reduce((sum, port) => sum + port.open, 0);
    const { open: sockets } = this.#world.sockets;
    const { open: questions } = this.#world.games;
    const leftovers = { timers: time.pending, sockets, clients, questions, listeners: perch.store.listeners };
    return this.#recorder.transcript({ seed: this.#options.seed, ms: this.#end, unsettled, leftovers });
  }

  /** Schedules all events except sleep. */
  #plan(person: Person): void {
    const fork = (): Dice => this.#dice.fork();
    const life = new Life({
      world: this.#world,
      dice: fork(),
      came: (server) => this.#follow(server),
      event: (text, about) => this.#recorder.event(text, about),
      after: (ms, run) => void this.#time.after(ms, run),
    });
    const until = this.#end - quietMs;
    this.#again(fork(), [500, 8000], until - 60_000, () => life.happen());
    this.#playGames(until);
    this.#again(fork(), [2000, 20_000], until, () => {
      // Nobody clicks while the computer sleeps.
      if (!this.#time.isAsleep && this.#isOpen) person.act();
    });
    this.#again(fork(), [10_000, 70_000], this.#end - settleMs - 65_000, () => this.#trouble());
    if (this.#options.steady !== undefined) this.#lookOn(this.#options.steady);
  }

  #playGames(until: number): void {
    if (!this.#isWanted('games')) return;
    const games = new GameLife({
      world: this.#world,
      dice: this.#gameDice.fork(),
      event: (text, about) => this.#recorder.event(text, about),
      after: (ms, run) => void this.#time.after(ms, run),
    });
    games.begin();
    this.#again(this.#gameDice.fork(), [100, 1500], until, () => games.happen());
  }

  #asked(serverId: string): void {
    this.#recorder.players.asked(serverId, this.#perch.wantsAnswer(serverId));
  }

  #lookOn(steady: NonNullable<HistoryOptions['steady']>): void {
    this.#again(new Dice(0), [steady.everyMs, steady.everyMs], this.#end, () => {
      this.#world.forgetPast();
      this.#recorder.forgetPast();
      this.#perch.forgetPast();
      steady.look(this.#time.now, this.#world.servers.length);
    });
  }

  /** Sleep and restarts happen while nothing of Perch runs, so they can't be timers of the world. */
  async #liveThroughGaps(person: Person): Promise<void> {
    const time = this.#time;
    const dice = this.#dice.fork();
    for (let at = dice.between(60_000, 600_000); at < this.#end - settleMs - 5000;) {
      await time.runUntil(at);
      if (this.#isWanted('sleep') && dice.chance(0.5)) this.#sleep(dice.between(5000, 600_000));
      else if (this.#isWanted('restart') && dice.chance(0.7)) await this.#restart(person, dice);
      at = time.now + dice.between(120_000, 600_000);
    }
    await time.runUntil(this.#end);
  }

  #sleep(ms: number): void {
    const time = this.#time;
    const from = time.now;
    const most = this.#end - settleMs - from;
    this.#recorder.event('sleeps', null);
    time.sleep(Math.min(ms, most));
    this.#recorder.sleeps.push({ from, to: time.now });
    this.#recorder.event('wakes up', null);
    this.#world.network.mended();
    // The system announces waking a little later.
    time.after(200, () => {
      if (this.#isOpen) this.#perch.networkChanged();
    });
  }

  /** Perch quits or is killed, and starts again. Its disk stays. */
  async #restart(person: Person, dice: Dice): Promise<void> {
    const time = this.#time;
    const from = time.now;
    const isKilled = dice.chance(0.5);
    this.#recorder.event(isKilled ? 'Perch is killed' : 'Perch quits', null);
    this.#disk.isCut = isKilled;
    await this.#quit(person);
    this.#recorder.closed();
    await time.runUntil(Math.min(from + dice.between(1000, 60_000), this.#end - settleMs));
    this.#disk.isCut = false;
    this.#recorder.restarts.push({ from, to: time.now });
    this.#recorder.event('Perch starts', null);
    this.#perch = this.#newPerch();
    this.#begin();
  }

  #trouble(): void {
    const names = Object.keys(troubles).filter((name) => this.#isWanted(name));
    if (names.length === 0 || this.#underWay >= 2) return;
    const kind = this.#dice.pick(names);
    const trouble = troubles[kind];
    if (trouble === undefined) return;
    const from = this.#time.now;
    const lasts = Math.min(this.#dice.between(...trouble.lasts), this.#end - settleMs - from);
    const deps = { world: this.#world, time: this.#time, dice: this.#dice, keyring: this.#keyring };
    const { where, end } = trouble.begin(deps);
    this.#underWay += 1;
    this.#recorder.event(`TROUBLE ${kind}`, where);
    this.#recorder.troubles.push({ from, to: from + lasts, kind, where });
    this.#time.after(lasts, () => {
      end();
      this.#underWay -= 1;
      this.#recorder.event(`over: ${kind}`, where);
    });
  }

  #isWanted(kind: string): boolean {
    const { only } = this.#options;
    return only === undefined || only.includes(kind);
  }

  #again(dice: Dice, [least, most]: readonly [number, number], until: number, run: () => void): void {
    const next = (): void => {
      const ms = dice.between(least, most);
      if (this.#time.now + ms >= until) return;
      this.#time.after(ms, () => {
        run();
        next();
      });
    };
    next();
  }

  #follow(server: ModelServer): void {
    const { states, ends } = server.process;
    const { conditions, listed, fullDisk, node, game } = server;
    this.#recorder.players.follow(this.#world.idOf(server), game);
    this.#recorder.follow({
      id: this.#world.idOf(server),
      node: node.host,
      states,
      ends,
      conditions,
      listed,
      fullDisk,
    });
  }

  /** True state of all servers now. */
  #truth(): Truth[] {
    return this.#world.servers.map((server) => ({
      id: this.#world.idOf(server),
      isListed: server.isListed,
      name: server.names.now,
      condition: server.condition,
      state: server.process.state,
      lately: server.process.states.at(this.#end - newsMs),
    }));
  }
}
