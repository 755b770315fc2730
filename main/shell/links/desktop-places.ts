import { isDeepStrictEqual } from 'node:util';
import type { SettingsFile } from '../../disk/settings.js';
import type { FleetStore } from '../../fleet/store.js';
import { Throttle } from '../../base/throttle.js';
import type { Clock } from '../../base/ports.js';
import { pinnedPlaces, type PinnedLink } from './places.js';

/** Shortest time between two updates of the menu, in ms. */
const everyMs = 5000;

export interface DesktopPlacesDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly settings: Pick<SettingsFile, 'current' | 'listen'>;
  readonly language: { listen(listener: () => void): () => void };
  readonly clock: Clock;
  readonly show: (places: readonly PinnedLink[]) => void;
}

/** Keeps the desktop's own menu for Perch up to date. Returns the function that ends the updates. */
export function followPlaces({ store, settings, language, clock, show }: DesktopPlacesDeps): () => void {
  const shown = new Throttle<readonly PinnedLink[]>({
    clock,
    everyMs,
    pass: show,
    isSame: isDeepStrictEqual,
  });
  const look = (): void => shown.push(pinnedPlaces(store.state, settings.current.pins));
  const ends = [
    store.listen(({ changes }) => {
      if (changes.some(({ kind }) => kind !== 'usage')) look();
    }),
    settings.listen(look),
    language.listen(() => show(pinnedPlaces(store.state, settings.current.pins))),
  ];
  look();
  return () => {
    for (const end of ends) end();
    shown.drop();
  };
}
