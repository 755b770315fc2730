import type { Settings } from '../../bridge/domain.js';
import { oneLine } from '../../bridge/plain-line.js';
import { spoken } from '../../words/words.js';
import type { Alert } from '../alerts/alert.js';
import { withoutMarkup } from './plain-text.js';

/** What is asked of Electron's `Notification`. */
export interface NotificationLike {
  show(): void;
  close(): void;
  on(event: 'click' | 'close' | 'failed', listener: () => void): unknown;
}

export interface NotificationsDeps {
  readonly make: (options: { title: string; body: string }) => NotificationLike;
  readonly settings: { readonly current: Pick<Settings, 'notifyCrash'> };
  /** A click on an alert about these servers; none where it is about a panel or a node. */
  readonly open: (serverIds: readonly string[]) => void;
  /** Linux's daemons read markup in the body. */
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

  constructor(deps: NotificationsDeps) {
    this.#deps = deps;
  }

  alert(alert: Alert): void {
    if (!this.#deps.settings.current.notifyCrash) return;
    this.withdraw(alert.id);
    const shown = this.#show(spoken(alert.title), spoken(alert.body), () => this.#deps.open(alert.serverIds));
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
  tell(title: string, body: string): void {
    this.#show(title, body, () => undefined);
  }

  stop(): void {
    for (const shown of this.#shown) shown.close();
    this.#shown.clear();
    this.#alerts.clear();
  }

  #show(title: string, body: string, onClick: () => void): NotificationLike {
    const text = oneLine(body, 300);
    const notification = this.#deps.make({
      title: oneLine(title, 120),
      body: this.#deps.platform === 'linux' ? withoutMarkup(text) : text,
    });
    const forget = (): void => this.#forget(notification);
    notification.on('click', () => {
      forget();
      onClick();
    });
    notification.on('close', forget);
    notification.on('failed', forget);
    this.#shown.add(notification);
    const [oldest] = this.#shown;
    if (this.#shown.size > mostKept && oldest !== undefined) this.#forget(oldest);
    notification.show();
    return notification;
  }

  #forget(notification: NotificationLike): void {
    this.#shown.delete(notification);
    for (const [id, shown] of this.#alerts) if (shown === notification) this.#alerts.delete(id);
  }
}
