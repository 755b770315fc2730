/** Calls and feeds for windows: joins those of all modules, and guards them. */
import { app, dialog } from 'electron';
import type { Handlers } from './base/calls.js';
import { valueSource, type Sources } from './base/feed-source.js';
import type { Clock, Log } from './base/ports.js';
import { diagnosisCalls } from './doctor/calls.js';
import type { Doctor } from './doctor/doctor.js';
import { absenceSource } from './ipc/absence-source.js';
import { clockSource } from './ipc/clock-source.js';
import { Feeds } from './ipc/feeds.js';
import { Guard } from './ipc/guard.js';
import { Presses } from './ipc/presses.js';
import { Router } from './ipc/router.js';
import { WindowFailures } from './ipc/window-failures.js';
import type { Modules } from './modules.js';
import { consentCalls } from './remote/calls.js';
import type { Reach } from './remote/reach.js';
import type { Desktop } from './shell/desktop.js';
import type { WakeWatch } from './shell/lifecycle/wake-watch.js';
import { Dialogs } from './shell/system/dialogs.js';
import type { SpokenLanguage } from './shell/system/language.js';
import { followWindows } from './shell/windows/follow-windows.js';
import { updateCalls } from './update/calls.js';
import type { Updates } from './update/updates.js';

export interface WindowSideDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly modules: Modules;
  readonly desktop: Desktop;
  readonly doctor: Doctor;
  readonly updates: Updates;
  readonly consent: Reach['consent'];
  readonly language: SpokenLanguage;
  readonly wake: WakeWatch;
}

export function windowSide(deps: WindowSideDeps): { readonly feeds: Feeds; readonly router: Router } {
  const { clock, log, modules, desktop, doctor, updates, consent, language, wake } = deps;
  const { windows } = desktop;
  const { store, settings, copiedKeys } = modules;
  const { interests } = modules.fleet;
  const sources: Sources = {
    ...modules.sources,
    consent: valueSource(consent),
    updates: valueSource(updates),
    diagnosis: valueSource(doctor),
    language: valueSource(language),
    absence: absenceSource(clock),
    clock: clockSource(clock, wake),
    navigation: windows.navigation,
    closed: windows.closed,
    palette: windows.palette,
    shortcut: valueSource(desktop.shortcut),
  };
  const feeds = new Feeds({ sources, windows, log });
  const presses = new Presses(clock);
  followWindows(windows, { feeds, presses, interests, copiedKeys });
  const handlers: Handlers = {
    ...modules.calls,
    ...diagnosisCalls(doctor),
    ...updateCalls(updates),
    ...consentCalls(consent),
    ...desktop.calls({
      ...modules,
      interests,
      failures: new WindowFailures({ clock, log }),
      report: () => doctor.report(),
    }),
  };
  const guard = new Guard({
    clock,
    presses,
    log,
    ask: (question) => new Dialogs(dialog).ask(question),
    isAssisted: () => app.accessibilitySupportEnabled,
    known: () => ({ fleet: store.state, settings: settings.current, rules: modules.rules.book.current }),
  });
  const isOurs = (webContentsId: number): boolean => windows.isOurs(webContentsId);
  return { feeds, router: new Router({ handlers, feeds, guard, isOurs, log }) };
}
