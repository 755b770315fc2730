/** Menu entries about servers that several menus share: power, backups, notifications and the tray icon. */
import type { AlertScope } from '../../../bridge/schema/alerts.js';
import type { PowerSignal, Server } from '../../../bridge/schema/domain.js';
import { say } from '../../../messages/messages.js';
import { signalIcons } from '../../ui/drawings/icons.js';
import type { MenuAction, MenuItem } from '../../ui/menus/menu.js';
import { alertFolder } from '../alerts/alert-menu.js';
import { leftOutFolder } from './left-out-menu.js';
import { action } from './menu-action.js';
import type { MenuState, MenuTarget } from './menu-target.js';

export class ServerItems {
  constructor(
    private readonly state: MenuState,
    private readonly control: MenuTarget,
  ) {}

  leftOut(servers: readonly Server[]): MenuItem {
    return leftOutFolder({
      leftOut: this.state.settings.current.leftOutOfIcon,
      servers,
      change: (change) =>
        void this.state.settings.change(({ leftOutOfIcon }) => ({ leftOutOfIcon: change(leftOutOfIcon) })),
    });
  }

  alerts(ids: readonly string[], server?: Server): MenuItem {
    return this.alertsAbout(
      ids.map((id) => ({ kind: 'server', id })),
      server,
    );
  }

  alertsAbout(scopes: readonly AlertScope[], server?: Server): MenuItem {
    return alertFolder({
      settings: this.state.settings.current,
      wall: this.state.now.wallOf(this.state.now.read()),
      scopes,
      ...(server === undefined ? {} : { server }),
      change: (change) => this.control.changeAlerts(change),
      ask: (scope) => (this.control.alertQuestion = scope),
    });
  }

  backupRule(scope: AlertScope): MenuItem {
    const ask = (): void => void (this.control.backupRuleQuestion = { scope });
    return action('backup-rule', 'history', say('backup-rules.menu'), ask);
  }

  power(ids: readonly string[], block: (signal: PowerSignal) => string | null): MenuItem[] {
    return (['start', 'restart', 'stop'] as const).map((signal) => {
      const label =
        ids.length === 1 ? say(`signals.${signal}`) : say(`arranging.${signal}-many`, { count: ids.length });
      const run = (): void => this.control.power(signal, ids);
      return action(signal, signalIcons[signal], label, run, { blocked: block(signal) });
    });
  }

  /** Asks about backups of these servers. */
  backUpMany(servers: readonly Server[], blocked: string | null): MenuAction {
    const label = say('bulk.back-up', { count: servers.length });
    return action('back-up', 'archive', label, () => this.control.bulkPlanning.ask('back-up', servers), {
      blocked,
    });
  }

  /** Opens the form for a message to the players of these servers. */
  message(servers: readonly Server[], blocked: string | null): MenuAction {
    const open = (): void => this.state.broadcastForm.open(servers);
    return action('message', 'message', say('broadcast.menu'), open, { blocked });
  }

  /** Last entry, separated from the others. */
  kill(ids: readonly string[], blocked: string | null): MenuItem {
    const label =
      ids.length === 1 ? say('arranging.kill') : say('arranging.kill-many', { count: ids.length });
    return action('kill', 'kill', label, () => this.control.power('kill', ids), { danger: true, blocked });
  }
}
