import { oneLine } from '../../bridge/plain-line.js';
import { say, spoken } from '../../words/words.js';
import type { Alert } from '../alerts/alert.js';
import { withoutMarkup } from './plain-text.js';

/** What is asked of Electron's `Notification`. */
export interface NotificationLike {
  show(): void;
  close(): void;
  on(event: 'click' | 'close' | 'show', listener: () => void): unknown;
  on(event: 'failed', listener: (event: unknown, error: string) => void): unknown;
  on(event: 'action', listener: (event: unknown, index: number) => void): unknown;
}

export interface NotificationOptions {
  readonly title: string;
  readonly body: string;
  readonly actions?: { type: 'button'; text: string }[];
}

/** What can be done about a server without looking at it first. */
export const alertActions = ['restart', 'console', 'snooze'] as const;
export type AlertAction = (typeof alertActions)[number];

export interface NotificationsDeps {
  readonly make: (options: NotificationOptions) => NotificationLike;
  /** A click on an alert about these servers; none where it is about a panel or a node. */
  readonly open: (serverIds: readonly string[]) => void;
  readonly act: (serverId: string, action: AlertAction) => void;
  /** Why the desktop has not shown one; null once it shows them again. */
  readonly failed: (why: string | null) => void;
  /** Linux's daemons read markup in the body; only macOS has buttons that Electron can put there. */
  readonly platform: NodeJS.Platform;
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
  #hasFailed = false;

  constructor(deps: NotificationsDeps) {
    this.#deps = deps;
  }

  alert(alert: Alert): void {
    this.withdraw(alert.id);
    const texts = { title: spoken(alert.title), body: spoken(alert.body) };
    const shown = this.#show(texts, () => this.#deps.open(alert.serverIds), serverToActOn(alert));
    this.#alerts.set(alert.id, shown);
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
    this.#show({ title, body }, onClick, null);
  }

  stop(): void {
    for (const shown of this.#shown) shown.close();
    this.#shown.clear();
    this.#alerts.clear();
  }

  #show(
    { title, body }: { title: string; body: string },
    onClick: () => void,
    serverId: string | null,
  ): NotificationLike {
    const { make, act, platform } = this.#deps;
    const text = oneLine(body, 300);
    const hasButtons = serverId !== null && platform === 'darwin';
    const notification = make({
      title: oneLine(title, 120),
      body: platform === 'linux' ? withoutMarkup(text) : text,
      ...(hasButtons ? { actions: buttons() } : {}),
    });
    const forget = (): void => this.#forget(notification);
    notification.on('click', () => {
      forget();
      onClick();
    });
    notification.on('action', (_event, index) => {
      forget();
      const action = alertActions[index];
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
    for (const [id, shown] of this.#alerts) if (shown === notification) this.#alerts.delete(id);
  }
}

/** The one server of which something is wrong. */
function serverToActOn({ serverIds, phase, kind }: Alert): string | null {
  const [serverId, ...others] = serverIds;
  return others.length === 0 && phase === 'news' && kind !== 'wish' ? (serverId ?? null) : null;
}

function buttons(): { type: 'button'; text: string }[] {
  return alertActions.map((action) => ({ type: 'button', text: say(`alerts.do-${action}`) }));
}
