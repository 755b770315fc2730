import { Disposables } from '../base/disposables.js';
import type { EventsDeps } from '../events/events.js';
import type { AlertSettingsPort } from './settings-port.js';

/** Calls `look` now and after each change of servers or settings. Returns the function that ends this. */
export function followChanges(
  { store, settings }: { store: EventsDeps['store']; settings: AlertSettingsPort },
  look: () => void,
): () => void {
  const disposables = new Disposables();
  disposables.add(store.listen(look), settings.listen(look));
  look();
  return disposables.dispose;
}
