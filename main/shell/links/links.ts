import type { Notice } from '../../../bridge/schema/feeds.js';
import type { View } from '../../../bridge/schema/view.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import { sentence } from '../../../messages/messages.js';
import { Alarm } from '../../base/alarm.js';
import type { Clock, Log } from '../../base/ports.js';
import type { FleetStore } from '../../fleet/store.js';
import { linkPlaceOf, readLink, type PerchLink } from './perch-link.js';

/** Longest wait in ms for a panel's server list. */
const waitForPanelMs = 20_000;

/** Time in ms for which a refused link is shown. */
const saidForMs = 60_000;

export type LinkRefusal = Pick<Notice, 'message' | 'next'>;

export interface LinksDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly openMain: (view: View | null) => void;
  /** Shows why a link cannot be opened; null = remove the notice. */
  readonly refused: (why: LinkRefusal | null) => void;
}

/** Opens `perch://` links. A link only opens a view. */
export class Links {
  readonly #patience: Alarm;
  readonly #said: Alarm;
  #stopWaiting: () => void = () => undefined;

  constructor(private readonly deps: LinksDeps) {
    this.#patience = new Alarm(deps.clock);
    this.#said = new Alarm(deps.clock);
  }

  /** Opens the link's view. Shows the window in any case, so that the user sees the result. */
  open(text: string): void {
    this.#settle();
    this.#refuse(null);
    const link = readLink(text);
    if (link === null) {
      this.deps.log.warn('link.unreadable', { letters: text.length });
      this.deps.openMain(null);
      this.#refuse({
        message: sentence('links.unreadable', { link: oneLine(text, 80) }),
        next: sentence('links.unreadable-next'),
      });
      return;
    }
    if (this.#follow(link)) return;
    this.deps.openMain({ kind: 'fleet' });
    this.#wait(link);
  }

  stop(): void {
    this.#settle();
    this.#said.clear();
  }

  /** Opens the link's view, or shows why it cannot. Returns false if its panel is still loading. */
  #follow(link: PerchLink): boolean {
    const place = linkPlaceOf(link, this.deps.store.state);
    if (place.kind === 'found') {
      this.deps.openMain(place.view);
      return true;
    }
    if (place.kind === 'no-server' && place.isLoading) return false;
    this.deps.openMain(null);
    this.#refuse(refusalOf(link, place.kind));
    return true;
  }

  #wait(link: PerchLink): void {
    const end = this.deps.store.listen(() => {
      if (this.#follow(link)) this.#settle();
    });
    this.#stopWaiting = end;
    this.#patience.set(waitForPanelMs, () => {
      this.#settle();
      this.#refuse(refusalOf(link, 'no-server'));
    });
  }

  #settle(): void {
    this.#stopWaiting();
    this.#stopWaiting = () => undefined;
    this.#patience.clear();
  }

  #refuse(why: LinkRefusal | null): void {
    this.#said.clear();
    this.deps.refused(why);
    if (why !== null) this.#said.set(saidForMs, () => this.deps.refused(null));
  }
}

function refusalOf({ host, server }: PerchLink, why: 'no-panel' | 'no-server'): LinkRefusal {
  return {
    message: sentence(`links.${why}`, { panel: host, server }),
    next: sentence(`links.${why}-next`),
  };
}
