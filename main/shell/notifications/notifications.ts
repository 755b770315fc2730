import { oneLine } from '../../../bridge/console/plain-line.js';
import { say, spoken } from '../../../messages/messages.js';
import type { Alert } from '../../alerts/alert.js';

/** What is asked of Electron's `Notification`, and of those on Linux (`daemon/`). */
export interface NotificationLike {
  show(): void;
  close(): void;
  on(event: 'click' | 'close' | 'show', listener: () => void): unknown;
  on(event: 'failed', listener: (event: unknown, error: string) => void): unknown;
  on(event: 'action', listener: (event: unknown, index: number) => void): unknown;
}

/** Plain text: whoever shows it escapes what is markup there. */
export interface NotificationOptions {
  readonly title: string;
  readonly body: string;
  readonly actions?: { type: 'button'; text: string }[];
  /** Stands above others, and is shown where others are kept back. */
  readonly isCritical?: boolean;
}

/** The new one stands in the place of `replaced`, which is closed. */
export type MakeNotification = (
  options: NotificationOptions,
  replaced: NotificationLike | null,
) => NotificationLike;

/** What can be done about a server without looking at it first. */
export type AlertAction = 'start' | 'restart' | 'console' | 'snooze';

export interface NotificationsDeps {
  readonly make: MakeNotification;
  /** A click on an alert about these servers; none where it is about a panel or a node. */
  readonly open: (serverIds: readonly string[]) => void;
  readonly act: (serverId: string, action: AlertAction) => void;
  /** Why the desktop has not shown one; null once it shows them again. */
  readonly failed: (why: string | null) => void;
  /** Electron can put buttons there on macOS only, and Linux has notifications of its own. */
  readonly platform: NodeJS.Platform;
}

/** What is shown, and what a press on it does. */
interface Told {
  readonly title: string;
  readonly body: string;
  readonly isCritical: boolean;
  readonly onClick: () => void;
  /** The one that `actions` are about; null where there is none. */
  readonly serverId: string | null;
  readonly actions: readonly AlertAction[];
}

/** This many stay clickable, so that a daemon that never reports closing does not make the list grow for ever. */
const mostKept = 50;

/** Native notifications. "Do not disturb" and sounds are the desktop's own business. */
export class Notifications {
  readonly #deps: NotificationsDeps;
  /** Strong references: one that is collected loses its click. */
  readonly #shown = new Set<NotificationLike>();
  /** Alerts by their id: the next one of the same id takes their place. */
  readonly #alerts = new Map<string, NotificationLike>();
  /** That a server is down, by the server: of one that goes down again the newer counts. */
  readonly #down = new Map<string, NotificationLike>();
  #hasFailed = false;

  constructor(deps: NotificationsDeps) {
    this.#deps = deps;
  }

  alert(alert: Alert): void {
    const down = isDown(alert) ? serverToActOn(alert) : null;
    const replaced = this.#alerts.get(alert.id) ?? this.#down.get(down ?? '') ?? null;
    if (replaced !== null) this.#forget(replaced);
    const shown = this.#show(
      {
        title: spoken(alert.title),
        body: spoken(alert.body),
        isCritical: alert.kind === 'stays-down' && alert.phase === 'news',
        onClick: () => this.#deps.open(alert.serverIds),
        serverId: serverToActOn(alert),
        actions: actionsOf(alert),
      },
      replaced,
    );
    this.#alerts.set(alert.id, shown);
    if (down !== null) this.#down.set(down, shown);
  }

  /** What an alert told is not so. */
  withdraw(alertId: string): void {
    const shown = this.#alerts.get(alertId);
    if (shown === undefined) return;
    this.#forget(shown);
    shown.close();
  }

  /** What went wrong after a click outside any window: a tray menu has no place for words. */
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
    { title, body, isCritical, onClick, serverId, actions }: Told,
    replaced: NotificationLike | null,
  ): NotificationLike {
    const { make, act, platform } = this.#deps;
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

  /** Told once, until one is shown again. */
  #outcome(why: string | null): void {
    if (this.#hasFailed === (why !== null)) return;
    this.#hasFailed = why !== null;
    this.#deps.failed(why);
  }

  #forget(notification: NotificationLike): void {
    this.#shown.delete(notification);
    for (const map of [this.#alerts, this.#down])
      for (const [id, shown] of map) if (shown === notification) map.delete(id);
  }
}

/** The one server of which something is wrong. */
function serverToActOn({ serverIds, phase, kind }: Alert): string | null {
  const [serverId, ...others] = serverIds;
  return others.length === 0 && phase === 'news' && kind !== 'wish' ? (serverId ?? null) : null;
}

function isDown({ kind, phase }: Alert): boolean {
  return phase === 'news' && (kind === 'crashed' || kind === 'stays-down' || kind === 'stopped');
}

/** What helps comes first; of what no signal helps with, none is offered. */
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
