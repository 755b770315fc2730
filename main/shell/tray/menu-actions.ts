import { besideNames, besideText } from '../../../bridge/fleet/beside-names.js';
import { withRule } from '../../../bridge/alerts/alert-changes.js';
import type { View } from '../../../bridge/schema/view.js';
import { toProblem } from '../../../bridge/errors.js';
import type { PowerSignal } from '../../../bridge/schema/domain.js';
import { awayBlock } from '../../../bridge/panel/permissions.js';
import { inEnglish, say, spoken } from '../../../messages/messages.js';
import type { Actions } from '../../actions/actions.js';
import { powerQuestion } from '../../actions/servers/power-question.js';
import type { FleetStore } from '../../fleet/store.js';
import type { Clock, Log } from '../../base/ports.js';
import type { SettingsFile } from '../../disk/settings.js';
import type { Browser } from '../system/browser.js';
import type { Dialogs } from '../system/dialogs.js';
import type { AlertAction, Notifications } from '../notifications/notifications.js';
import type { TrayAction } from './menu-entry.js';

const snoozeMs = 3_600_000;

export interface MenuActionDeps {
  readonly actions: Pick<Actions, 'power.send' | 'backups.create'>;
  readonly quiet: { bringBack(serverId: string): void };
  readonly store: Pick<FleetStore, 'state'>;
  readonly settings: Pick<SettingsFile, 'current' | 'update'>;
  readonly clock: Pick<Clock, 'wall'>;
  readonly dialogs: Pick<Dialogs, 'ask'>;
  readonly browser: Pick<Browser, 'openPanel'>;
  readonly notifications: Pick<Notifications, 'tell'>;
  /** null = keep the current view. */
  readonly openMain: (view: View | null) => void;
  readonly openPalette: () => void;
  readonly openDeveloperTools: () => void;
  /** Quits, and starts the ready version. */
  readonly restart: () => Promise<void>;
  readonly quit: () => void;
  readonly log: Log;
}

/** Carries out the action of a menu entry or notification button. A failure is shown as a notification. */
export class MenuActions {
  constructor(private readonly deps: MenuActionDeps) {}

  async run(action: TrayAction): Promise<void> {
    const { store, browser, notifications, openMain, openPalette, openDeveloperTools, restart, quit, log } =
      this.deps;
    try {
      switch (action.kind) {
        case 'power':
          return await this.#power(action.serverId, action.signal);
        case 'back-up':
          return await this.#backUp(action.serverId);
        case 'bring-back':
          return this.deps.quiet.bringBack(action.serverId);
        case 'open-panel': {
          const account = store.state.accounts.get(action.accountId);
          const server = store.state.servers.get(action.serverId);
          if (account !== undefined && server !== undefined) await browser.openPanel(account, server);
          return;
        }
        case 'alert':
          return await this.#ofAlert(action.serverId, action.action);
        case 'view':
          return openMain(action.view);
        case 'open':
          return openMain(null);
        case 'palette':
          return openPalette();
        case 'developer-tools':
          return openDeveloperTools();
        case 'restart':
          return await restart();
        case 'quit':
          return quit();
      }
    } catch (error) {
      const { code, message, next } = toProblem(error);
      log.warn('tray.action-failed', { action: action.kind, code, message: inEnglish(message) });
      notifications.tell(spoken(message), spoken(next));
    }
  }

  async #ofAlert(serverId: string, action: AlertAction): Promise<void> {
    const { store, settings, clock, openMain } = this.deps;
    if (action === 'console') return openMain({ kind: 'server', serverId });
    // `power.send` refuses a start if the server already runs.
    if (action === 'start') return this.#power(serverId, 'start');
    if (action === 'restart') {
      const isDown = store.state.servers.get(serverId)?.power === 'offline';
      return this.#power(serverId, isDown ? 'start' : 'restart');
    }
    const snoozedUntil = clock.wall() + snoozeMs;
    await settings.update(({ alerts }) => ({
      alerts: withRule(alerts, { kind: 'server', id: serverId }, { snoozedUntil }),
    }));
  }

  /** Says that the backup has begun, which the menu does not show. */
  async #backUp(serverId: string): Promise<void> {
    const { store, actions, notifications } = this.deps;
    await actions['backups.create']({ serverId, name: '', ignored: [], locked: false });
    const server = store.state.servers.get(serverId)?.name ?? '';
    notifications.tell(say('backups.begun', { server }), say('backups.begun-next'));
  }

  async #power(serverId: string, signal: PowerSignal): Promise<void> {
    const { store, actions, dialogs, settings } = this.deps;
    const { servers, accounts } = store.state;
    const server = servers.get(serverId);
    // The menu may be older than the state. `power.send` then reports the missing server.
    if (server === undefined) return actions['power.send']({ serverId, signal });
    const beside = besideText(besideNames(servers.values(), accounts.values()).get(serverId));
    const account = accounts.get(server.accountId);
    const despitePanel = awayBlock(signal, account) !== null;
    const question = powerQuestion(signal, server, settings.current, { beside, account });
    if (question !== null && !(await dialogs.ask(question))) return;
    await actions['power.send']({ serverId, signal, ...(despitePanel ? { despitePanel } : {}) });
  }
}
