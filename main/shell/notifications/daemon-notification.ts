import type { NotificationLike, NotificationOptions } from './notifications.js';

/**
 * A picture in the daemon's format: width, height, bytes per row, true = has alpha, bits per sample, samples per
 * pixel, RGBA data.
 */
export type DaemonPicture = readonly [number, number, number, boolean, number, number, Uint8Array];

export interface DaemonPort {
  show(notification: DaemonNotification): Promise<void>;
  close(notification: DaemonNotification): void;
}

type Listener = (event: unknown, detail: never) => void;

/** A notification of a Linux daemon, with the interface of Electron's `Notification`. */
export class DaemonNotification implements NotificationLike {
  /** Id from the daemon; null = no answer so far, or closed. */
  number: number | null = null;
  /** Resolves when the daemon has answered, with or without an error. */
  answered: Promise<void> = Promise.resolve();
  readonly #listeners = new Map<string, Listener>();
  /** True after `close`, which may come before the daemon's answer. */
  isClosed = false;
  #end: (() => void) | null = null;

  constructor(
    readonly options: NotificationOptions,
    private readonly daemon: DaemonPort,
  ) {}

  show(): void {
    this.answered = this.daemon.show(this);
  }

  close(): void {
    this.isClosed = true;
    this.daemon.close(this);
  }

  on(event: string, listener: Listener): void {
    this.#listeners.set(event, listener);
  }

  emit(...[event, detail]: ['click' | 'close' | 'show'] | ['failed', string] | ['action', number]): void {
    this.#listeners.get(event)?.({}, detail as never);
  }

  /**
   * Handles a press. `key` as sent to the daemon: `default` = the notification itself, a digit = index of the button.
   */
  press(key: string): void {
    if (key === 'default') this.emit('click');
    else if (/^\d$/.test(key)) this.emit('action', Number(key));
  }

  /** Sets a function that runs when the notification has left the screen. */
  onEnd(run: () => void): void {
    this.#end = run;
  }

  end(): void {
    this.#end?.();
    this.#end = null;
    this.number = null;
    this.emit('close');
  }
}
