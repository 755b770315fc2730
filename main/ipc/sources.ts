import type { BulkRun } from '../../bridge/schema/domain.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { Diagnosis } from '../../bridge/schema/diagnosis.js';
import type { FeedSnapshot, Notice } from '../../bridge/schema/contract.js';
import type { WarnedRestart } from '../../bridge/schema/warned-restart.js';
import type { UpdatesKnown } from '../../bridge/updates.js';
import type { RemoteConsent } from '../../bridge/schema/remote-consent.js';
import type { Language } from '../../messages/messages.js';
import type { Clock } from '../base/ports.js';
import type { FleetStore } from '../fleet/store.js';
import type { UsageLog } from '../fleet/usage/usage-log.js';
import { absenceSource } from './absence-source.js';
import { clockSource } from './clock-source.js';
import { eventsSource, type EventsSourceDeps } from './events-source.js';
import type { Source, Sources } from './feeds.js';
import { fleetSource } from './fleet-source.js';
import { usageSource } from './usage-source.js';
import { valueSource } from './value-source.js';

/** What is now, and each change. */
interface Held<T> {
  readonly current: T;
  listen(listener: (value: T) => void): () => void;
}

export interface SourcesDeps {
  readonly clock: Clock;
  readonly store: FleetStore;
  readonly usageLog: Pick<UsageLog, 'watch'>;
  readonly consoles: { readonly source: Source<'console'> };
  readonly bulk: Held<BulkRun | null>;
  readonly warned: Held<readonly WarnedRestart[]>;
  readonly notices: Held<readonly Notice[]>;
  readonly settings: Held<Settings>;
  readonly language: Held<Language>;
  readonly consent: Held<RemoteConsent>;
  readonly updates: Held<UpdatesKnown>;
  readonly doctor: Held<Diagnosis | null>;
  readonly log: EventsSourceDeps['log'];
  readonly wake: { listen(listener: () => void): () => void };
  readonly windows: {
    readonly navigation: Source<'navigation'>;
    readonly closed: Source<'closed'>;
    readonly palette: Source<'palette'>;
  };
  readonly shortcut: Held<FeedSnapshot<'shortcut'>>;
}

/** Where each feed of the contract comes from. */
export function createSources(deps: SourcesDeps): Sources {
  const { clock, store, bulk, notices, settings, language, windows } = deps;
  return {
    fleet: fleetSource(store, clock),
    console: deps.consoles.source,
    usage: usageSource(deps.usageLog),
    bulk: valueSource(bulk),
    warned: (_params, sink) => {
      sink.snapshot([...deps.warned.current]);
      return deps.warned.listen((all) => sink.change([...all]));
    },
    settings: valueSource(settings),
    consent: valueSource(deps.consent),
    updates: valueSource(deps.updates),
    diagnosis: valueSource(deps.doctor),
    notices: (_params, sink) => {
      sink.snapshot([...notices.current]);
      return notices.listen((next) => sink.change([...next]));
    },
    language: valueSource(language),
    events: eventsSource({ clock, log: deps.log }),
    absence: absenceSource(clock),
    clock: clockSource(clock, deps.wake),
    navigation: windows.navigation,
    closed: windows.closed,
    palette: windows.palette,
    shortcut: valueSource(deps.shortcut),
  };
}
