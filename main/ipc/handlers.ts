import type { BackupPreview } from '../../bridge/schema/backup.js';
import type { CallOutput, HandlerInput } from '../../bridge/schema/contract.js';
import type { View } from '../../bridge/schema/view.js';
import type { Drafts } from '../../bridge/schema/drafts.js';
import type { Account, Server } from '../../bridge/schema/domain.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { PerchError } from '../../bridge/errors.js';
import type { PanelKind } from '../../bridge/panel/panel-kind.js';
import type { ConsentAnswer } from '../../bridge/schema/remote-consent.js';
import { sentence } from '../../messages/messages.js';
import type { Actions } from '../actions/actions.js';
import type { EventMemory, Past } from '../base/past.js';
import type { BulkPower } from '../actions/many/bulk-power.js';
import type { WarnedRestarts } from '../actions/many/warned-restarts.js';
import type { Interests } from '../fleet/interests.js';
import type { FleetStore } from '../fleet/store.js';
import type { ConsoleSource } from './console-source.js';
import type { Handlers } from './router.js';
import { sparkPoints } from './spark-points.js';
import type { WindowFailures } from './window-failures.js';

export interface HandlerDeps {
  readonly actions: Actions;
  readonly store: Pick<FleetStore, 'state'>;
  readonly consoles: Pick<ConsoleSource, 'acknowledge'>;
  readonly bulk: Pick<BulkPower, 'start' | 'cancel' | 'dismiss'>;
  readonly warned: Pick<WarnedRestarts, 'begin' | 'callOff' | 'dismiss'>;
  readonly settings: {
    update(patch: { [Name in keyof Settings]?: Settings[Name] | undefined }): Promise<Settings>;
  };
  /** Who is shown where, for whoever watches the servers. */
  readonly interests: Pick<Interests, 'setShown'>;
  readonly past: Past & Pick<EventMemory, 'events'>;
  readonly notices: { dismiss(id: string): void };
  readonly autostart: { isOn(): Promise<boolean>; set(on: boolean): Promise<void> };
  readonly updates: {
    check(): Promise<void>;
    download(): Promise<void>;
    cancel(): void;
    skip(version: string, isSkipped: boolean): void;
    restart(): Promise<void>;
    openPage(): Promise<void>;
  };
  readonly proxy: { set(wanted: HandlerInput<'network.setProxy'>): Promise<void> };
  readonly consent: { answer(id: string, answer: ConsentAnswer): void; withdraw(id: string): void };
  readonly windowFailures: Pick<WindowFailures, 'report'>;
  readonly backup: {
    text(): Promise<string>;
    look(text: string): Promise<BackupPreview>;
    apply(): Promise<void>;
  };
  readonly doctor: { run(): Promise<unknown>; report(): string };
  /** What windows may want of the desktop; `main/shell` does it. */
  readonly desktop: {
    info(): CallOutput<'app.info'>;
    openLogs(): Promise<void>;
    quit(): void;
    openView(view: View): void;
    closeWindow(webContentsId: number): void;
    windowDrawn(webContentsId: number): void;
    setDrafts(webContentsId: number, held: Drafts): void;
    setView(webContentsId: number, view: View): void;
    setHeight(webContentsId: number, height: number): void;
    openPanel(account: Account, server?: Server): Promise<void>;
    openKeyPage(panelUrl: string, kind: PanelKind): Promise<void>;
    openLink(url: string): Promise<void>;
    writeClipboard(text: string): Promise<void>;
    /** Asks for a file; null = none was chosen. */
    saveConsole(server: Server, text: string): Promise<string | null>;
    saveEvents(format: 'csv' | 'json', text: string): Promise<string | null>;
    saveReport(text: string): Promise<string | null>;
    saveBackup(text: string): Promise<string | null>;
    /** The text of a file that the person chose; null = none was chosen. */
    chooseBackup(): Promise<string | null>;
    saveChart(
      server: Server,
      chart: Pick<HandlerInput<'chart.save'>, 'kind' | 'content'>,
    ): Promise<string | null>;
  };
}

/** What each call of the contract does: the verbs of `main/actions` as they are, and the rest, thinly. */
export function createHandlers({
  actions,
  store,
  consoles,
  bulk,
  warned,
  settings,
  interests,
  past,
  notices,
  autostart,
  proxy,
  consent,
  updates,
  windowFailures,
  doctor,
  backup,
  desktop,
}: HandlerDeps): Handlers {
  return {
    'app.info': () => desktop.info(),
    'app.openLogs': () => desktop.openLogs(),
    'app.quit': () => desktop.quit(),
    'autostart.read': async () => ({ isOn: await autostart.isOn() }),
    'autostart.set': ({ on }) => autostart.set(on),
    'console.save': async ({ serverId, text }) => {
      const server = store.state.servers.get(serverId);
      if (server === undefined) throw new PerchError(noServer);
      return { path: await desktop.saveConsole(server, text) };
    },
    'chart.save': async ({ serverId, ...chart }) => {
      const server = store.state.servers.get(serverId);
      if (server === undefined) throw new PerchError(noServer);
      return { path: await desktop.saveChart(server, chart) };
    },
    'bulk.start': ({ serverIds, signal, waitsForEach }) => bulk.start(serverIds, signal, { waitsForEach }),
    'bulk.cancel': () => bulk.cancel(),
    'bulk.dismiss': () => bulk.dismiss(),
    'warned.begin': (wanted) => warned.begin(wanted),
    'warned.callOff': ({ serverId }) => warned.callOff(serverId),
    'warned.dismiss': ({ serverId }) => warned.dismiss(serverId),
    'console.acknowledge': ({ serverId, cost }, { webContentsId }) =>
      consoles.acknowledge(webContentsId, serverId, cost),
    'window.open': ({ view }) => desktop.openView(view),
    'window.close': (_input, { webContentsId }) => desktop.closeWindow(webContentsId),
    'window.drawn': (_input, { webContentsId }) => desktop.windowDrawn(webContentsId),
    'window.setDrafts': (held, { webContentsId }) => desktop.setDrafts(webContentsId, held),
    'window.setView': ({ view }, { webContentsId }) => desktop.setView(webContentsId, view),
    'window.setHeight': ({ height }, { webContentsId }) => desktop.setHeight(webContentsId, height),
    'window.setShown': ({ serverIds }, { webContentsId }) => interests.setShown(webContentsId, serverIds),
    'window.failed': (failure) => windowFailures.report(failure),
    'panel.open': ({ accountId, serverId }) => {
      const account = store.state.accounts.get(accountId);
      if (account === undefined) throw new PerchError(noAccount);
      if (serverId === undefined) return desktop.openPanel(account);
      const server = store.state.servers.get(serverId);
      // A server is only ever opened on its own panel.
      if (server?.accountId !== accountId) throw new PerchError(noServer);
      return desktop.openPanel(account, server);
    },
    'panel.openKeyPage': ({ panelUrl, kind }) => desktop.openKeyPage(panelUrl, kind),
    'link.open': ({ url }) => desktop.openLink(url),
    'clipboard.write': ({ text }) => desktop.writeClipboard(text),
    'history.usage': async ({ serverId, range }) => ({ stretches: [...(await past.usage(serverId, range))] }),
    'history.sparks': async ({ serverIds }) => ({
      lines: await Promise.all(
        serverIds.map(async (serverId) => ({
          serverId,
          points: sparkPoints(await past.usage(serverId, '1h')),
        })),
      ),
    }),
    'history.states': async ({ serverId, from, to }) => ({
      runs: [...(await past.states(serverId, from, to))],
    }),
    'history.statesOf': ({ serverIds, from, to }) => statesOf(past, serverIds, from, to),
    'events.save': async ({ format, text }) => ({ path: await desktop.saveEvents(format, text) }),
    'events.older': ({ before, limit, serverId }) =>
      past.events({ before, limit, about: serverId === undefined ? null : [serverId] }),
    'events.ofServer': async ({ serverId, from }) => {
      const accountId = store.state.servers.get(serverId)?.accountId;
      const about = [serverId, ...(accountId === undefined ? [] : [accountId])];
      const { events } = await past.events({ before: null, limit: mostMarks, about, from });
      return { events };
    },
    'notices.dismiss': ({ id }) => notices.dismiss(id),
    'consent.answer': ({ id, answer }) => consent.answer(id, answer),
    'consent.withdraw': ({ id }) => consent.withdraw(id),
    'updates.check': () => updates.check(),
    'updates.download': () => updates.download(),
    'updates.cancel': () => updates.cancel(),
    'updates.skip': ({ version, isSkipped }) => updates.skip(version, isSkipped),
    'updates.restart': () => updates.restart(),
    'updates.openPage': () => updates.openPage(),
    'diagnosis.run': async () => void (await doctor.run()),
    'diagnosis.report': () => ({ text: doctor.report() }),
    'diagnosis.save': async () => ({ path: await desktop.saveReport(doctor.report()) }),
    'backup.save': async () => ({ path: await desktop.saveBackup(await backup.text()) }),
    'backup.choose': async () => {
      const text = await desktop.chooseBackup();
      return text === null ? null : backup.look(text);
    },
    'backup.apply': () => backup.apply(),
    'network.setProxy': (wanted) => proxy.set(wanted),
    'settings.update': (patch) => settings.update(patch),
    // Last, so that a call which has its handler here as well does not compile.
    ...actions,
  };
}

/** More than a chart has room for, by far. */
const mostMarks = 3000;

/** One after the other: a list of hundreds must not keep the disk busy at once. */
async function statesOf(
  past: Past,
  serverIds: readonly string[],
  from: number,
  to: number,
): Promise<CallOutput<'history.statesOf'>> {
  const servers = [];
  for (const serverId of new Set(serverIds)) {
    const runs = await past.states(serverId, from, to);
    if (runs.some(({ state }) => state !== 'unknown')) servers.push({ serverId, runs: [...runs] });
  }
  return { servers };
}

const noAccount = {
  code: 'not-found',
  message: sentence('desktop.panel-gone'),
  next: sentence('desktop.panel-gone-next'),
} as const;

const noServer = {
  code: 'not-found',
  message: sentence('common.server-gone'),
  next: sentence('desktop.server-gone-next'),
} as const;
