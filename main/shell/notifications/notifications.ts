import { oneLine } from '../../../bridge/console/plain-line.js';
import { say, spoken } from '../../../messages/messages.js';
import type { Alert } from '../../alerts/alert.js';

/** The used part of Electron's `Notification`, also implemented by `DaemonNotification` for Linux. */
export interface NotificationLike {
  show(): void;
  close(): void;
  on(event: 'click' | 'close' | 'show', listener: () => void): unknown;
  on(event: 'failed', listener: (event: unknown, error: string) => void): unknown;
  on(event: 'action', listener: (event: unknown, index: number) => void): unknown;
}

/** Content in plain text. The implementation escapes markup. */
export interface NotificationOptions {
  readonly title: string;
  readonly body: string;
  readonly actions?: { type: 'button'; text: string }[];
  /** True if the notification is shown above others, and in "do not disturb". */
  readonly isCritical?: boolean;
}

/** Creates a notification that takes the place of `replaced`, which is closed. */
export type MakeNotification = (
  options: NotificationOptions,
  replaced: NotificationLike | null,
) => NotificationLike;

/** Action on a server, without opening its page first. */
export type AlertAction = 'start' | 'restart' | 'console' | 'snooze';

export interface NotificationsDeps {
  readonly make: MakeNotification;
  /** Called after a click on an alert. The list is empty for an alert about a panel or node. */
  readonly open: (serverIds: readonly string[]) => void;
  readonly act: (serverId: string, action: AlertAction) => void;
  /** Why the desktop has not shown a notification; null = it shows them again. */
  readonly failed: (why: string | null) => void;
  /** Electron supports buttons on macOS only; on Linux Perch uses the daemon. */
  readonly platform: NodeJS.Platform;
}

/** Content of a notification, and the effect of a press. */
interface Content {
  readonly title: string;
  readonly body: string;
  readonly isCritical: boolean;
  readonly onClick: () => void;
  /** The server of `actions`; null = no actions. */
  readonly serverId: string | null;
  readonly actions: readonly AlertAction[];
}

/**
 * Limit of notifications that stay clickable. Otherwise the list would grow without end under a daemon that reports no
 * closing.
 */
const mostKept = 50;

/** Native notifications. The desktop handles "do not disturb" and sounds. */
export class Notifications {
  /** Strong references: a notification that was garbage-collected loses its click. */
  readonly #shown = new Set<NotificationLike>();
  /** Notifications by alert id. A new alert with the same id replaces the old one. */
  readonly #alerts = new Map<string, NotificationLike>();
  /** Latest "server is down" notification, by server id. */
  readonly #down = new Map<string, NotificationLike>();
  #hasFailed = false;

  constructor(private readonly deps: NotificationsDeps) {}

  alert(alert: Alert): void {
    const down = isDown(alert) ? serverToActOn(alert) : null;
    const replaced = this.#alerts.get(alert.id) ?? this.#down.get(down ?? '') ?? null;
    if (replaced !== null) this.#forget(replaced);
    const shown = this.#show(
      {
        title: spoken(alert.title),
        body: spoken(alert.body),
        isCritical: alert.kind === 'stays-down' && alert.phase === 'news',
        onClick: () => this.deps.open(alert.serverIds),
        serverId: serverToActOn(alert),
        actions: actionsOf(alert),
      },
      replaced,
    );
    this.#alerts.set(alert.id, shown);
    if (down !== null) this.#down.set(down, shown);
  }

  /** Closes the notification of an alert that was wrong. */
  withdraw(alertId: string): void {
    const shown = this.#alerts.get(alertId);
    if (shown === undefined) return;
    this.#forget(shown);
    shown.close();
  }

  /** Shows a plain notification, for example an error after a click in the tray menu, which has no place for text. */
  tell(title: string, body: string, onClick: () => void = () => undefined): void {
    this.#show({ title, body, isCritical: false, onClick, serverId: null, actions: [] }, null);
  }

  stop(): void {
    for (const shown of this.#shown) shown.close();
    this.#shown.clear();
    this.#alerts.clear();
    this.#down.clear();
  }

  #show(
    { title, body, isCritical, onClick, serverId, actions }: Content,
    replaced: NotificationLike | null,
  ): NotificationLike {
    const { make, act, platform } = this.deps;
    const hasButtons = serverId !== null && (platform === 'darwin' || platform === 'linux');
    const notification = make(
      {
        title: oneLine(title, 120),
        body: oneLine(body, 300),
        ...(isCritical ? { isCritical } : {}),
        ...(hasButtons ? { actions: actions.map(button) } : {}),
      },
      replaced,
    );
    const forget = (): void => this.#forget(notification);
    notification.on('click', () => {
      forget();
      onClick();
    });
    notification.on('action', (_event, index) => {
      forget();
      const action = actions[index];
      if (action !== undefined && serverId !== null) act(serverId, action);
    });
    notification.on('close', forget);
    notification.on('show', () => this.#outcome(null));
    notification.on('failed', (_event, error) => {
      forget();
      this.#outcome(error);
    });
    this.#shown.add(notification);
    const [oldest] = this.#shown;
    if (this.#shown.size > mostKept && oldest !== undefined) this.#forget(oldest);
    notification.show();
    return notification;
  }

  /** Reports the first failure, and the first success after it. */
  #outcome(why: string | null): void {
    if (this.#hasFailed === (why !== null)) return;
    this.#hasFailed = why !== null;
    this.deps.failed(why);
  }

  #forget(notification: NotificationLike): void {
    this.#shown.delete(notification);
    for (const map of [this.#alerts, this.#down])
      for (const [id, shown] of map) if (shown === notification) map.delete(id);
  }
}

/** The server that the buttons act on: the only server of an alert about a fault; null = none. */
function serverToActOn({ serverIds, phase, kind }: Alert): string | null {
  const [serverId, ...others] = serverIds;
  return others.length === 0 && phase === 'news' && kind !== 'wish' ? (serverId ?? null) : null;
}

function isDown({ kind, phase }: Alert): boolean {
  return phase === 'news' && (kind === 'crashed' || kind === 'stays-down' || kind === 'stopped');
}

/** Buttons of an alert, most useful first. A power signal is offered only if it can help. */
function actionsOf(alert: Alert): readonly AlertAction[] {
  if (isDown(alert)) return ['start', 'console', 'snooze'];
  switch (alert.kind) {
    case 'slow-start':
    case 'cpu':
    case 'memory':
      return ['restart', 'console', 'snooze'];
    default:
      return ['console', 'snooze'];
  }
}

function button(action: AlertAction): { type: 'button'; text: string } {
  return { type: 'button', text: say(`alerts.do-${action}`) };
}
