/**
 * Logs why one panel does not answer one account: an outage, a refused key, an untrusted certificate. Trouble of the
 * panel itself is logged once, for the first account that has seen the trouble for long enough.
 */
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { EventPlace, Happening, HappeningKind, HistoryEvent } from '../../bridge/schema/events.js';
import type { Account } from '../../bridge/schema/domain.js';
import type { ProblemCode } from '../../bridge/errors.js';
import type { Clock } from '../base/ports.js';
import type { EventLog } from './event-log.js';
import { accountsOfPanel } from '../fleet/twins.js';
import { LastingTimer } from './lasting-timer.js';

type Outage = Extract<HappeningKind, 'panel-unreachable' | 'key-refused' | 'certificate'>;

/**
 * How long a trouble must last. An update takes a panel down for two minutes, and an untrusted certificate is tried
 * again within 110 s. A refused key was refused twice by then, by a call and by the server list.
 */
const lastsForMs: Record<Outage, number> = {
  'panel-unreachable': 180_000,
  'key-refused': 15_000,
  certificate: 120_000,
};

/** After an outage a panel may refuse every request for a minute. */
const afterOutageMs = 180_000;

/** Problems that say nothing about the panel: rate limit, no access to the keychain, no network. */
const passedOver: readonly ProblemCode[] = [
  'rate-limited',
  'keychain-unavailable',
  'keychain-locked',
  'keychain-silent',
  'offline',
];

export interface PanelOutagesDeps {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly state: () => FleetState;
}

export class PanelOutages {
  readonly #log: EventLog;
  readonly #state: () => FleetState;
  readonly #hold: LastingTimer;
  #held: Outage | null = null;
  /**
   * Trouble that is not logged yet, because it must last first, and the time when it was first seen. Problems of
   * `passedOver` do not end the trouble.
   */
  #began: { readonly what: Outage; readonly at: number } | null = null;
  /** True if the panel has answered in this run. A refused key or an untrusted certificate is an answer too. */
  #wasThere = false;

  constructor({ clock, log, state }: PanelOutagesDeps) {
    this.#log = log;
    this.#state = state;
    this.#hold = new LastingTimer(clock);
  }

  stop(): void {
    this.#hold.clear();
  }

  changed(account: Account, at: number): void {
    if (account.state.kind === 'loading') return;
    const what = account.state.kind === 'ready' ? null : outageOf(account.state.problem.code);
    this.#wasThere ||= account.state.kind === 'ready' || what === 'key-refused' || what === 'certificate';
    const lasting = this.#lasting(account.id);
    // Only a panel that is ready ends a logged event. A change from one trouble to another does not.
    if (account.state.kind === 'ready') for (const event of lasting) this.#log.end(event.id, at);
    if (account.state.kind === 'ready') this.#began = null;
    if (what === this.#held) return;
    this.#held = what;
    this.#hold.clear();
    if (what === null || lasting.some((event) => event.what.kind === what)) return;
    // The event begins at the first sight, not at the end of the hold.
    const began = this.#began?.what === what ? this.#began : { what, at };
    this.#began = began;
    const lastsMs = lasting.length > 0 ? afterOutageMs : lastsForMs[what];
    this.#hold.set(lastsMs, () => this.#write(account, this.#happening(what, account), began.at));
  }

  #happening(kind: Outage, { panelUrl }: Account): Happening {
    switch (kind) {
      case 'certificate':
        return { kind, host: new URL(panelUrl).host };
      case 'panel-unreachable':
        return { kind, isFromStart: !this.#wasThere };
      case 'key-refused':
        return { kind };
    }
  }

  #write({ id, label }: Account, what: Happening, at: number): void {
    const lasting = this.#lasting(id);
    // An earlier run may have logged this trouble; its events are recalled only after the first changes.
    if (lasting.some((event) => event.what.kind === what.kind)) return;
    for (const event of lasting) this.#log.end(event.id, at);
    const others = this.#sharing(id, what.kind);
    if (others.some((other) => this.#lasting(other.id).some((event) => event.what.kind === what.kind))) {
      // Holds the trouble again at the next failure, in case the other account's event has ended by then.
      this.#held = null;
      return;
    }
    const also = others.filter(
      ({ state }) => state.kind === 'failed' && outageOf(state.problem.code) === what.kind,
    );
    this.#log.add({
      at,
      lasts: true,
      ...placeOf(id),
      ...(also.length === 0 ? {} : { also: also.map((other) => placeOf(other.id)) }),
      panel: label,
      server: null,
      what,
    });
  }

  /**
   * Other accounts that share the trouble. A refused key belongs to one account; everything else to the whole panel.
   */
  #sharing(accountId: string, kind: HappeningKind): readonly Account[] {
    if (kind === 'key-refused') return [];
    return accountsOfPanel(this.#state(), accountId).filter(({ id }) => id !== accountId);
  }

  #lasting(accountId: string): readonly HistoryEvent[] {
    return this.#log.lastingOf(accountId).filter(({ what }) => isOutage(what.kind));
  }
}

function placeOf(accountId: string): EventPlace {
  return { accountId, serverId: null };
}

function outageOf(code: ProblemCode): Outage | null {
  if (passedOver.includes(code)) return null;
  if (code === 'unauthorized') return 'key-refused';
  return code === 'tls-untrusted' ? 'certificate' : 'panel-unreachable';
}

function isOutage(kind: HappeningKind): kind is Outage {
  return kind in lastsForMs;
}
