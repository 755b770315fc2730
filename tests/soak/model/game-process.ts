import type { PowerSignal, PowerState } from '../../../bridge/schema/domain.js';
import { DAEMON_TEXT } from '../../../sandbox/wings/daemon-lines.js';
import { CrashWatch } from '../../../sandbox/wings/power.js';
import type { Dice } from '../dice.js';
import type { SoakTime } from '../soak-time.js';
import { Timeline } from '../timeline.js';

/** Sender of a signal. */
export type Author = 'perch' | 'somebody' | 'host';

/** End of a run. */
export interface RunEnd {
  readonly at: number;
  readonly kind: 'crash' | 'wanted';
  readonly by: Author | null;
  /** State before the end. A node reports no crash during a start, unless console lines do. */
  readonly from: PowerState;
  readonly hasLines: boolean;
}

/** The node's report of a crash: the full lines, that crash detection is disabled, or nothing. */
export type CrashTelling = 'lines' | 'disabled' | 'silent';

export interface GameProcessDeps {
  time: SoakTime;
  dice: Dice;
  telling: CrashTelling;
  status(state: PowerState): void;
  daemonLine(text: string): void;
}

/** Time without another automatic restart after the node restarted a crashed server (PROTOCOL 4.6). */
const restartWindowSeconds = 60;

const startsForMs = [1500, 15_000] as const;
/** Share of starts that take very long. */
const hangs = 0.03;
const hangsForMs = [60_000, 300_000] as const;

/** Process of one server as its node runs it, with its whole past. */
export class GameProcess {
  readonly states = new Timeline<PowerState>(0, 'offline');
  readonly ends: RunEnd[] = [];
  readonly #deps: GameProcessDeps;
  readonly #crashes: CrashWatch;
  #startedAt = 0;
  #cancel: () => void = () => undefined;
  #isLocked = false;

  constructor(deps: GameProcessDeps) {
    this.#deps = deps;
    this.#crashes = new CrashWatch(restartWindowSeconds, () => deps.time.now);
  }

  get state(): PowerState {
    return this.states.now;
  }

  get uptimeMs(): number {
    return this.state === 'offline' ? 0 : this.#deps.time.now - this.#startedAt;
  }

  get telling(): CrashTelling {
    return this.#deps.telling;
  }

  /** `done` = the signal changes the state, `nothing` = no effect; otherwise the node's refusal. */
  signal(signal: PowerSignal, by: Author): 'done' | 'nothing' | 'busy' | 'running' {
    if (signal === 'kill') return this.#kill(by);
    if (this.#isLocked) return 'busy';
    if (signal === 'start') return this.#start();
    if (signal === 'stop') return this.#stop(by, () => undefined);
    return this.state === 'offline' ? this.#start() : this.#stop(by, () => void this.#start());
  }

  /** The process already runs when the history begins. */
  beginRunning(): void {
    this.#startedAt = -3_600_000;
    this.states.set(0, 'running');
  }

  forgetPast(): void {
    this.ends.length = 0;
    this.states.forgetPast();
  }

  crash(): void {
    const { dice, telling } = this.#deps;
    if (this.state !== 'running' && this.state !== 'starting') return;
    this.#end('crash', null);
    if (telling === 'silent') return;
    if (telling === 'disabled') {
      this.#say('Aborting automatic restart, crash detection is disabled for this instance.');
      return;
    }
    this.#say(DAEMON_TEXT.crashed);
    this.#say(DAEMON_TEXT.exitCode(dice.pick([0, 1, 1, 134, 137])));
    this.#say(DAEMON_TEXT.outOfMemory(dice.chance(0.2)));
    if (!this.#crashes.mayRestart()) return this.#say(DAEMON_TEXT.aborting(restartWindowSeconds));
    this.#later(dice.between(50, 900), () => void this.#start());
  }

  #start(): 'done' | 'running' {
    if (this.state !== 'offline') return 'running';
    const { time, dice } = this.#deps;
    this.#startedAt = time.now;
    this.#set('starting');
    const [least, most] = dice.chance(hangs) ? hangsForMs : startsForMs;
    this.#later(dice.between(least, most), () => this.#set('running'));
    return 'done';
  }

  /** The lock spans the whole action (PROTOCOL 4.11). */
  #stop(by: Author, then: () => void): 'done' | 'nothing' {
    if (this.state === 'offline' || this.state === 'stopping') return 'nothing';
    const { dice } = this.#deps;
    this.#isLocked = true;
    this.#set('stopping');
    this.#later(dice.chance(0.1) ? dice.between(20_000, 60_000) : dice.between(300, 8000), () => {
      this.#end('wanted', by);
      then();
    });
    return 'done';
  }

  #kill(by: Author): 'done' | 'nothing' {
    if (this.state === 'offline') return 'nothing';
    if (this.state !== 'stopping') this.#set('stopping');
    this.#later(5, () => this.#end('wanted', by));
    return 'done';
  }

  #end(kind: RunEnd['kind'], by: Author | null): void {
    this.#cancel();
    this.#isLocked = false;
    const hasLines = kind === 'crash' && this.#deps.telling !== 'silent';
    this.ends.push({ at: this.#deps.time.now, kind, by, from: this.state, hasLines });
    this.#set('offline');
  }

  #set(state: PowerState): void {
    if (state === this.state) return;
    this.states.set(this.#deps.time.now, state);
    this.#deps.status(state);
  }

  #say(text: string): void {
    this.#deps.daemonLine(text);
  }

  #later(ms: number, run: () => void): void {
    this.#cancel();
    this.#cancel = this.#deps.time.after(ms, run);
  }
}
