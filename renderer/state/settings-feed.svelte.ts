/** The person's preferences; main keeps them, a change shows at once and is taken back if main refuses it. */
import { settingsSchema, type Settings } from '../../bridge/domain.js';
import { toProblem, type Problem } from '../../bridge/errors.js';
import type { PerchClient } from '../api.js';

const defaults: Settings = {
  theme: 'system',
  confirmStop: false,
  confirmRestart: false,
  notifyCrash: true,
} satisfies ReturnType<typeof settingsSchema.parse>;

export class SettingsFeed {
  current = $state.raw<Settings>(defaults);
  problem = $state.raw<Problem | null>(null);
  readonly #client: PerchClient;
  #end: (() => void) | null = null;

  constructor(client: PerchClient) {
    this.#client = client;
  }

  start(): void {
    const take = (settings: Settings): void => {
      this.current = settings;
    };
    this.#end = this.#client.watch('settings', undefined, { snapshot: take, change: take });
  }

  stop(): void {
    this.#end?.();
    this.#end = null;
  }

  async change(fields: Partial<Settings>): Promise<void> {
    const before = this.current;
    this.current = { ...before, ...fields };
    this.problem = null;
    try {
      this.current = await this.#client.call('settings.update', fields);
    } catch (error) {
      this.current = before;
      this.problem = toProblem(error);
    }
  }
}
