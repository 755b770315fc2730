import type { Alert, Settings } from '../../bridge/domain.js';
import { oneLine } from '../../bridge/plain-line.js';
import { spoken } from '../../words/words.js';
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
  /** A click on an alert. */
  readonly openServer: (serverId: string) => void;
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

  constructor(deps: NotificationsDeps) {
    this.#deps = deps;
  }

  alert(alert: Alert): void {
    if (!this.#deps.settings.current.notifyCrash) return;
    this.#show(spoken(alert.title), spoken(alert.body), () => this.#deps.openServer(alert.serverId));
  }

  /** What went wrong after a click outside any window: a tray menu has no place for words. */
  tell(title: string, body: string): void {
    this.#show(title, body, () => undefined);
  }

  stop(): void {
    for (const shown of this.#shown) shown.close();
    this.#shown.clear();
  }

  #show(title: string, body: string, onClick: () => void): void {
    const text = oneLine(body, 300);
    const notification = this.#deps.make({
      title: oneLine(title, 120),
      body: this.#deps.platform === 'linux' ? withoutMarkup(text) : text,
    });
    const forget = (): void => void this.#shown.delete(notification);
    notification.on('click', () => {
      forget();
      onClick();
    });
    notification.on('close', forget);
    notification.on('failed', forget);
    this.#shown.add(notification);
    const [oldest] = this.#shown;
    if (this.#shown.size > mostKept && oldest !== undefined) this.#shown.delete(oldest);
    notification.show();
  }
}
