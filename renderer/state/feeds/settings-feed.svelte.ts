/** The person's preferences; main keeps them, a change shows at once and alone is taken back if main refuses it. */
import { defaultSettings } from '../../../bridge/settings/default-settings.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import { toProblem, type Problem } from '../../../bridge/errors.js';
import type { PerchClient } from '../../api.js';
import { Feed } from './feed.svelte.js';

/** Fields, or how they follow from what main has when the change's turn comes; such a function must be pure. */
export type SettingsChange = Partial<Settings> | ((now: Settings) => Partial<Settings>);

export class SettingsFeed extends Feed<'settings'> {
  /** False until main has told its own. */
  loaded = $state(false);
  /** Why the newest refused change was refused. */
  problem = $state.raw<Problem | null>(null);
  /** As main has them. */
  #kept = $state.raw<Settings>(defaultSettings);
  /** On its way to main. */
  #sent = $state.raw<Partial<Settings>>({});
  #waiting = $state.raw<readonly SettingsChange[]>([]);
  readonly #shown: Settings = $derived(this.#waiting.reduce(changed, changed(this.#kept, this.#sent)));
  #turn: Promise<void> = Promise.resolve();

  constructor(client: PerchClient) {
    super(client, 'settings', undefined);
  }

  /** What main has, with the changes that it has not answered yet. */
  get current(): Settings {
    return this.#shown;
  }

  /** Resolves once main has every change that was made so far. */
  get settled(): Promise<void> {
    return this.#turn;
  }

  /** Changes go to main one after the other. Resolves with why main refused this one, or null. */
  change(change: SettingsChange): Promise<Problem | null> {
    this.#waiting = [...this.#waiting, change];
    const known = this.problem;
    const turn = this.#turn.then(() => this.#sendNext());
    this.#turn = turn.then((problem) => {
      if (problem !== null) this.problem = problem;
      // What was refused since this change was made must stay in sight.
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
    // Main tells of a change before it answers: as fields it may be applied twice, as a function it might not.
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
