import type { Settings } from '../../bridge/schema/settings.js';

/** What the person wishes, and how what is over is taken out of it. */
export interface AlertSettingsPort {
  readonly current: Pick<Settings, 'alerts' | 'groups'>;
  /** Returns the function that ends listening. */
  listen(listener: () => void): () => void;
  /** Rejects where it can't be kept. null = nothing is to change. */
  update(change: (now: Settings) => Pick<Settings, 'alerts'> | null): Promise<unknown>;
}
