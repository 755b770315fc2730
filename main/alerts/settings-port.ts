import type { Settings } from '../../bridge/schema/settings.js';

/** Access to the user's alert settings, with updates. */
export interface AlertSettingsPort {
  readonly current: Pick<Settings, 'alerts' | 'groups'>;
  /** Returns the function that ends listening. */
  listen(listener: () => void): () => void;
  /** Rejects if the settings can't be written. null = no change. */
  update(change: (now: Settings) => Pick<Settings, 'alerts'> | null): Promise<unknown>;
}
