import { isDeepStrictEqual } from 'node:util';
import type { Settings } from '../../../bridge/schema/settings.js';
import { Alarm } from '../../base/alarm.js';
import { Disposables } from '../../base/disposables.js';
import { Watchable } from '../../base/observable.js';
import type { Clock, Log } from '../../base/ports.js';

/** Interval in ms between attempts to register a taken shortcut. No event tells when the other program releases it. */
const tryAgainMs = 15_000;

type Wish = Settings['shortcut'];

/** `taken` = another program, or the desktop itself, uses the shortcut. */
export type ShortcutState = 'none' | 'active' | 'taken';

export interface GlobalShortcutDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: Pick<Watchable<Settings>, 'current' | 'listen'>;
  /** Electron's `globalShortcut`. */
  readonly keys: {
    register(accelerator: string, run: () => void): boolean;
    unregister(accelerator: string): void;
  };
  readonly open: (what: NonNullable<Wish>['opens']) => void;
}

/** The global shortcut that opens Perch, as set in the settings. */
export class GlobalShortcut extends Watchable<ShortcutState> {
  readonly #again: Alarm;
  #wish: Wish = null;
  #registered: string | null = null;
  readonly #disposables = new Disposables();

  constructor(private readonly deps: GlobalShortcutDeps) {
    super('none');
    this.#again = new Alarm(deps.clock);
  }

  start(): void {
    const { settings } = this.deps;
    this.#disposables.add(settings.listen(({ shortcut }) => this.#take(shortcut)));
    this.#take(settings.current.shortcut);
  }

  stop(): void {
    this.#disposables.dispose();
    this.#again.clear();
    this.#letGo();
  }

  #take(wish: Wish): void {
    if (isDeepStrictEqual(wish, this.#wish)) return;
    this.#wish = wish;
    this.#letGo();
    this.#register();
  }

  #register(): void {
    this.#again.clear();
    const wish = this.#wish;
    if (wish === null) return this.#tell('none');
    if (this.#succeeds(wish.keys)) {
      this.#registered = wish.keys;
      return this.#tell('active');
    }
    this.#tell('taken');
    this.#again.set(tryAgainMs, () => this.#register());
  }

  /** Registers the shortcut. Returns false if another program uses it, or if Electron rejects the keys. */
  #succeeds(keys: string): boolean {
    try {
      return this.deps.keys.register(keys, () => {
        if (this.#wish !== null) this.deps.open(this.#wish.opens);
      });
    } catch (error) {
      this.deps.log.warn('shortcut.not-registered', { message: String(error) });
      return false;
    }
  }

  #letGo(): void {
    if (this.#registered !== null) this.deps.keys.unregister(this.#registered);
    this.#registered = null;
  }

  #tell(state: ShortcutState): void {
    if (state !== this.current) this.set(state);
  }
}
