import type { Problem } from '../../bridge/errors.js';
import { PerchError } from '../../bridge/errors.js';
import type { Backup } from '../../bridge/schema/backups.js';
import type { Link, PowerSignal, PowerState, Server } from '../../bridge/schema/domain.js';
import type { ConsoleLine } from '../../bridge/schema/console-line.js';
import type { QuietMeans, QuietRecord } from '../../bridge/schema/quiet-backups.js';
import { defaultSettings } from '../../bridge/settings/settings-table.js';
import { QuietBackups } from '../../main/backups/quiet-backups.js';
import type { WantedBackup } from '../../main/backups/quiet-run.js';
import type { ServerFact } from '../../main/base/server-fact.js';
import type { ConsoleListener } from '../../main/fleet/api.js';
import { FleetStore } from '../../main/fleet/store.js';
import { aProblem } from './a-problem.js';
import { anAccount, aServer } from './entities.js';
import { aRunningBackup } from './fake-backups.js';
import { FakeClock } from './fake-clock.js';
import { FakeLog } from './fake-log.js';

export const quietServer = 'home/1';
export const quietWish = { serverId: quietServer, name: 'Quiet', ignored: [], locked: false };

const live: Link = { kind: 'live' };
const cut: Link = { kind: 'connecting' };

/** Commands and signals that arrived, without their times. */
export const quietNames = ({ sent }: QuietRig): string[] =>
  sent.map((each) => each.slice(each.indexOf(' ') + 1));

/** A Minecraft server, its panel, and a Perch that may be killed at any time, on a fake clock. */
export class QuietRig {
  readonly clock = new FakeClock();
  readonly store = new FleetStore();
  /** Commands and signals that arrived, each with its seconds since the start. */
  readonly sent: string[] = [];
  readonly facts: ServerFact[] = [];
  /** Problems of the next orders: `create`, `power`, `command`, or one command. */
  readonly refused = new Map<string, Problem>();
  /** Commands that are accepted and lost, because the socket fails. */
  readonly lost = new Set<string>();
  /** Why the disk refuses writes. */
  diskProblem: Problem | null = null;
  /** Time in ms that a write takes. */
  diskMs = 0;
  kept: readonly QuietRecord[] = [];
  isSaving = true;
  /** Result of the backup; null = the backup never ends. */
  result: 'good' | 'failed' | null = 'good';
  backup: Backup | null = null;
  /** Backups that the panel was asked to make. */
  wanted: WantedBackup | null = null;
  /** True if the host allows no further backup. */
  isFull = false;
  perch: QuietBackups;
  readonly #began: number;
  /** True once Perch switched saving on although no Perch had an answer to `save-off`. */
  isUntold = false;
  #isLive = true;
  /** True once the Perch of now has the game's answer to `save-off`. */
  #hasAnswer = false;
  /** Lines that the process printed while the console was cut. */
  #missed: ConsoleLine[] = [];
  #listeners = new Set<ConsoleListener>();
  #ended = new Set<(backup: Backup | null) => void>();
  #process = 0;

  constructor(
    readonly means: QuietMeans,
    fields: Partial<Server> = {},
  ) {
    this.#began = this.clock.now();
    this.store.apply([
      { kind: 'account-upserted', account: anAccount({ id: 'home' }) },
      {
        kind: 'server-upserted',
        server: aServer({ id: quietServer, power: 'running', game: 'minecraft', link: live, ...fields }),
      },
    ]);
    this.perch = this.#aPerch();
  }

  get power(): PowerState | null {
    return this.store.state.servers.get(quietServer)?.power ?? null;
  }

  get troubles(): string[] {
    return this.facts.map((fact) =>
      fact.kind === 'quiet-backup' ? `${fact.trouble} ${fact.owed ?? '-'}` : '',
    );
  }

  begin(): Promise<void> {
    return this.perch.begin(quietWish);
  }

  /** Ends Perch in the middle, and starts the program again after `ms`. */
  async kill(ms = 1000): Promise<void> {
    this.perch = this.#aPerch();
    this.#listeners.clear();
    this.#ended.clear();
    this.#missed = [];
    this.#hasAnswer = false;
    await this.clock.advance(ms);
    await this.perch.start();
    await this.clock.advance(0);
  }

  set(power: PowerState): void {
    this.store.apply([{ kind: 'server-patched', serverId: quietServer, patch: { power } }]);
  }

  /** After a reconnect the node sends the missed lines. */
  link(isLive: boolean): void {
    const isBack = isLive && !this.#isLive;
    this.#isLive = isLive;
    for (const listener of [...this.#listeners]) listener.link(isLive ? live : cut);
    if (!isBack) return;
    const missed = this.#missed.splice(0).map((line) => ({ ...line, source: 'history' as const }));
    const listeners = [...this.#listeners];
    this.clock.after(1000, () => {
      for (const listener of listeners) if (this.#listeners.has(listener)) this.#shows(listener, missed);
    });
  }

  /** The node sends the whole history again, to a new session. */
  renew(): void {
    this.#missed = [];
    for (const listener of [...this.#listeners]) listener.reset();
  }

  /** A new process saves again. */
  start(): void {
    if (this.power !== 'offline') return;
    this.isSaving = true;
    this.set('starting');
    this.#after(5000, () => this.set('running'));
  }

  stop(): void {
    if (this.power !== 'running') return;
    this.set('stopping');
    this.#after(5000, () => this.set('offline'));
  }

  crash(): void {
    this.#process++;
    this.set('offline');
  }

  print(text: string): void {
    const line: ConsoleLine = { seq: 1, at: this.clock.now(), source: 'server', text };
    if (!this.#isLive) this.#missed.push(line);
    else for (const listener of [...this.#listeners]) this.#shows(listener, [line]);
  }

  #shows(listener: ConsoleListener, lines: readonly ConsoleLine[]): void {
    this.#hasAnswer ||= lines.some(({ text }) => /now disabled|already turned off/.test(text));
    listener.lines(lines);
  }

  say(text: string): void {
    this.print(`[12:00:00] [Server thread/INFO]: ${text}`);
  }

  #after(ms: number, run: () => void): void {
    const process = ++this.#process;
    this.clock.after(ms, () => {
      if (this.#process === process) run();
    });
  }

  #command(command: string): void {
    if (this.power !== 'running') return;
    if (command === 'save-off') {
      this.say(this.isSaving ? 'Automatic saving is now disabled' : 'Saving is already turned off');
      this.isSaving = false;
    } else if (command === 'save-on') {
      this.isUntold ||= !this.#hasAnswer;
      this.say(this.isSaving ? 'Saving is already turned on' : 'Automatic saving is now enabled');
      this.isSaving = true;
    } else if (command === 'save-all flush') this.clock.after(2000, () => this.say('Saved the game'));
  }

  /** A Perch whose orders no longer arrive once another Perch has replaced it. */
  #aPerch(): QuietBackups {
    const { store } = this;
    const never = new Promise<never>(() => undefined);
    const order = async (names: readonly string[], run: () => void): Promise<void> => {
      if (this.perch !== made) return never;
      const problem = names.map((name) => this.refused.get(name)).find((found) => found !== undefined);
      this.sent.push(`${(this.clock.now() - this.#began) / 1000} ${names[0] ?? ''}`);
      if (problem === undefined || problem.maybeDone === true) run();
      if (problem !== undefined) throw new PerchError(problem);
    };
    const made: QuietBackups = new QuietBackups({
      clock: this.clock,
      log: new FakeLog(),
      store: {
        get state() {
          return store.state;
        },
        listen: (listener) =>
          store.listen((event) => {
            if (this.perch === made) listener(event);
          }),
      },
      consoles: {
        watch: (_, listener) => {
          this.#listeners.add(listener);
          listener.snapshot([], this.#isLive ? live : cut);
          return () => void this.#listeners.delete(listener);
        },
      },
      facts: {
        emit: ({ fact }) => {
          if (this.perch === made) this.facts.push(fact);
        },
      },
      kept: {
        load: async () => this.kept,
        save: async (records) => {
          if (this.perch !== made) return never;
          if (this.diskProblem !== null) throw new PerchError(this.diskProblem);
          const copy = structuredClone(records);
          if (this.diskMs > 0)
            await new Promise<void>((resolve) => void this.clock.after(this.diskMs, resolve));
          this.kept = copy;
        },
      },
      settings: {
        current: { ...defaultSettings, quietBackups: { [quietServer]: this.means } },
      },
      backups: {
        read: async () => ({ backups: this.backup === null ? [] : [this.backup], limit: 3, used: 1 }),
        whenEnded: () => {
          let end: (backup: Backup | null) => void = () => undefined;
          const ended = new Promise<Backup | null>((resolve) => (end = resolve));
          this.#ended.add(end);
          return { ended, stop: () => void this.#ended.delete(end) };
        },
      },
      prepare: async () => this.store.state.servers.get(quietServer) as Server,
      findRoom: async () => {
        if (this.isFull) throw new PerchError(aProblem('conflict'));
      },
      sendCommand: (_, command) =>
        order([command, 'command'], () => {
          if (!this.lost.has(command)) this.clock.after(100, () => this.#command(command));
        }),
      sendPower: (_, signal: PowerSignal) =>
        order([signal, 'power'], () => (signal === 'stop' ? this.stop() : this.start())),
      create: async (wanted) => {
        this.wanted = wanted;
        await order(['create'], () => this.#create());
        return this.backup as Backup;
      },
    });
    return made;
  }

  #create(): void {
    this.backup = aRunningBackup('b1');
    this.clock.after(60_000, () => {
      if (this.result === null || this.backup === null) return;
      this.backup = { ...this.backup, state: this.result };
      for (const end of [...this.#ended]) end(this.backup);
    });
  }
}
