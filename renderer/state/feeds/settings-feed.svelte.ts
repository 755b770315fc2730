/** The user's settings. Main stores them. A change shows at once; if main refuses it, only that change is undone. */
import { defaultSettings } from '../../../bridge/settings/settings-table.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import { toProblem, type Problem } from '../../../bridge/errors.js';
import type { PerchClient } from '../../api.js';
import { Feed } from './feed.svelte.js';

/** Fields to change, or a pure function from main's current settings to such fields. */
export type SettingsChange = Partial<Settings> | ((now: Settings) => Partial<Settings>);

export class SettingsFeed extends Feed<'settings'> {
  /** False until main has sent its settings. */
  loaded = $state(false);
  /** Why the latest refused change was refused; null if none was refused. */
  problem = $state.raw<Problem | null>(null);
  /** Settings without the changes that are still on their way to main. */
  #kept = $state.raw<Settings>(defaultSettings);
  /** Fields on their way to main. */
  #sent = $state.raw<Partial<Settings>>({});
  #waiting = $state.raw<readonly SettingsChange[]>([]);
  readonly #shown: Settings = $derived(this.#waiting.reduce(changed, changed(this.#kept, this.#sent)));
  #turn: Promise<void> = Promise.resolve();

  constructor(client: PerchClient) {
    super(client, 'settings', undefined);
  }

  /** Main's settings with all unanswered changes applied. */
  get current(): Settings {
    return this.#shown;
  }

  /** Resolves once main has answered every change made so far. */
  get settled(): Promise<void> {
    return this.#turn;
  }

  /**
   * Queues a change; changes go to main one at a time.
   * Resolves with the reason if main refused the change, otherwise null.
   */
  change(change: SettingsChange): Promise<Problem | null> {
    this.#waiting = [...this.#waiting, change];
    const known = this.problem;
    const turn = this.#turn.then(() => this.#sendNext());
    this.#turn = turn.then((problem) => {
      if (problem !== null) this.problem = problem;
      // Keeps a problem that appeared after this change was made.
      else if (this.problem === known) this.problem = null;
    });
    return turn;
  }

  dismiss(): void {
    this.problem = null;
  }

  protected override onSnapshot(settings: Settings): void {
    this.#kept = settings;
    this.loaded = true;
  }

  protected override onChange(settings: Settings): void {
    this.onSnapshot(settings);
  }

  async #sendNext(): Promise<Problem | null> {
    const [next = {}, ...waiting] = this.#waiting;
    // Main's feed may send the change before the answer. Applying fields twice is harmless; a function applied
    // twice may not be.
    this.#sent = fieldsOf(this.#kept, next);
    this.#waiting = waiting;
    try {
      this.#kept = await this.client.call('settings.update', this.#sent);
      return null;
    } catch (error) {
      return toProblem(error);
    } finally {
      this.#sent = {};
    }
  }
}

function fieldsOf(now: Settings, change: SettingsChange): Partial<Settings> {
  return typeof change === 'function' ? change(now) : change;
}

function changed(now: Settings, change: SettingsChange): Settings {
  return { ...now, ...fieldsOf(now, change) };
}
