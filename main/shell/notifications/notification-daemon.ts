/**
 * Notifications on Linux, through `org.freedesktop.Notifications` on the session bus.
 *
 * Electron's notifications on Linux have no buttons and cannot replace each other. Source: Desktop Notifications
 * Specification 1.3.
 *
 * Calls do not wait for the daemon. A missing or silent daemon is reported as the reason of a failed notification.
 * After a restart of the daemon, Perch connects again.
 */
import { callToFollow, callToMatch, ownerChange, busNameOwner } from '../../bus/name-owner.js';
import { variantOf, type BusSignal } from '../../bus/bus-wire.js';
import type { Bus } from '../../bus/bus.js';
import type { ConnectBus } from '../../bus/session-bus.js';
import { Alarm } from '../../base/alarm.js';
import type { Clock } from '../../base/ports.js';
import type { MakeNotification, NotificationLike } from './notifications.js';
import { withoutMarkup } from '../system/plain-text.js';
import { DaemonNotification, type DaemonPicture } from './daemon-notification.js';

const daemon = 'org.freedesktop.Notifications';
const path = '/org/freedesktop/Notifications';

/** Timeout of the daemon, in ms. After it the notification counts as not shown. */
const answerWithinMs = 10_000;
/** Time in ms after which Perch closes a notification. Daemons without a notification list may show it without end. */
const shownForMs = 10 * 60_000;

const signals = `type='signal',sender='${daemon}',interface='${daemon}'`;

export interface NotificationDaemonDeps {
  readonly connect: ConnectBus;
  readonly clock: Clock;
  /** The application icon; null = unreadable. */
  readonly picture: () => DaemonPicture | null;
  /** Name of the desktop entry, without its extension. */
  readonly desktopEntry: string;
}

interface Daemon {
  readonly bus: Bus;
  /** Capabilities of the daemon, as in the specification, for example `actions`. */
  readonly can: ReadonlySet<string>;
}

export class NotificationDaemon {
  #daemon: Promise<Daemon> | null = null;
  /** Bus name of the daemon's connection. Only its signals count. null = not known yet. */
  #owner: string | null = null;
  readonly #shown = new Map<number, DaemonNotification>();
  /** Monotonic time at which each notification is closed; in order of that time. */
  readonly #leaving = new Map<DaemonNotification, number>();
  readonly #leave: Alarm;

  constructor(private readonly deps: NotificationDaemonDeps) {
    this.#leave = new Alarm(deps.clock);
  }

  readonly make: MakeNotification = (options, replaced) =>
    new DaemonNotification(options, {
      show: (notification) => this.#show(notification, replaced),
      close: (notification) => this.#close(notification),
    });

  async #show(notification: DaemonNotification, replaced: NotificationLike | null): Promise<void> {
    const late = this.deps.clock.after(answerWithinMs, () => notification.emit('failed', 'no answer'));
    try {
      const earlier = replaced instanceof DaemonNotification ? replaced : null;
      await earlier?.answered;
      const { bus, can } = await this.#met();
      const number = await this.#notify(bus, can, notification, earlier?.number ?? 0);
      late();
      this.#isShown(number, notification, can);
    } catch (error) {
      late();
      notification.emit('failed', error instanceof Error ? error.message : String(error));
    }
  }

  async #notify(
    bus: Bus,
    can: ReadonlySet<string>,
    { options }: DaemonNotification,
    replaces: number,
  ): Promise<number> {
    const { title, body, actions = [], isCritical = false } = options;
    const buttons = actions.flatMap(({ text }, at) => [String(at), text]);
    const [number] = await bus.call({
      destination: daemon,
      path,
      interface: daemon,
      member: 'Notify',
      signature: 'susssasa{sv}i',
      args: [
        'Perch',
        replaces,
        '',
        title,
        can.has('body-markup') ? withoutMarkup(body) : body,
        can.has('actions') ? ['default', '', ...buttons] : [],
        this.#hints(isCritical),
        -1,
      ],
    });
    if (typeof number !== 'number') throw new Error('the answer is no number');
    return number;
  }

  #hints(isCritical: boolean): readonly unknown[] {
    const picture = this.deps.picture();
    return [
      ['urgency', variantOf('y', isCritical ? 2 : 1)],
      ['desktop-entry', variantOf('s', this.deps.desktopEntry)],
      ...(picture === null ? [] : [['image-data', variantOf('(iiibiiay)', picture)]]),
    ];
  }

  #isShown(number: number, notification: DaemonNotification, can: ReadonlySet<string>): void {
    const isGone = notification.isClosed;
    this.#shown.get(number)?.end();
    this.#shown.set(number, notification);
    notification.number = number;
    if (isGone) return this.#close(notification);
    if (!can.has('persistence')) this.#leaveLater(notification);
    notification.emit('show');
  }

  #leaveLater(notification: DaemonNotification): void {
    this.#leaving.set(notification, this.deps.clock.now() + shownForMs);
    notification.onEnd(() => {
      this.#leaving.delete(notification);
      if (this.#leaving.size === 0) this.#leave.clear();
    });
    if (!this.#leave.isSet) this.#leave.set(shownForMs, () => this.#closeOld());
  }

  #closeOld(): void {
    const now = this.deps.clock.now();
    for (const [notification, at] of this.#leaving) {
      if (at > now) return this.#leave.set(at - now, () => this.#closeOld());
      this.#leaving.delete(notification);
      this.#close(notification);
    }
  }

  /** Closes a notification without waiting for the daemon. */
  #close(notification: DaemonNotification): void {
    const { number } = notification;
    if (number === null || this.#shown.get(number) !== notification) return;
    this.#gone(number);
    const close = { destination: daemon, path, interface: daemon, member: 'CloseNotification' };
    void this.#daemon
      ?.then(({ bus }) => bus.call({ ...close, signature: 'u', args: [number] }))
      .catch(() => undefined);
  }

  #met(): Promise<Daemon> {
    const meeting = (this.#daemon ??= this.#meet());
    meeting.catch(() => {
      if (this.#daemon === meeting) this.#daemon = null;
    });
    return meeting;
  }

  async #meet(): Promise<Daemon> {
    const bus = await this.deps.connect({
      signal: (signal) => this.#heard(signal),
      closed: () => this.#over(),
    });
    await bus.call(callToMatch(signals));
    await bus.call(callToFollow(daemon));
    const [can] = await bus.call({
      destination: daemon,
      path,
      interface: daemon,
      member: 'GetCapabilities',
    });
    this.#owner = await busNameOwner(bus, daemon);
    return { bus, can: new Set(Array.isArray(can) ? can.map(String) : []) };
  }

  #heard(signal: BusSignal): void {
    // A new owner may be another daemon with its own ids. Without a former owner, this is the first daemon.
    const change = ownerChange(signal, daemon);
    if (change !== null && change.before !== '') return this.#over();
    const { sender, member, args } = signal;
    if (sender !== this.#owner) return;
    const [first, second] = args;
    const notification = this.#shown.get(Number(first));
    if (notification === undefined) return;
    if (member === 'NotificationClosed') this.#gone(Number(first));
    else if (member === 'ActionInvoked') {
      notification.press(String(second));
      this.#close(notification);
    }
  }

  #gone(number: number): void {
    this.#shown.get(number)?.end();
    this.#shown.delete(number);
  }

  #over(): void {
    const daemonBefore = this.#daemon;
    this.#daemon = null;
    this.#owner = null;
    void daemonBefore?.then(({ bus }) => bus.close()).catch(() => undefined);
    for (const number of [...this.#shown.keys()]) this.#gone(number);
  }
}
