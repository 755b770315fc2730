import { describe, expect, it, vi } from 'vitest';
import { verbatim } from '../../../messages/messages.js';
import type { Alert } from '../../alerts/alert.js';
import { Notifications, type NotificationLike, type NotificationOptions } from './notifications.js';

class FakeNotification {
  readonly #listeners = new Map<string, (event: unknown, detail: never) => void>();
  readonly show = vi.fn();
  readonly close = vi.fn();

  constructor(
    readonly options: NotificationOptions,
    readonly replaced: NotificationLike | null,
  ) {}

  on(event: string, listener: (event: unknown, detail: never) => void): void {
    this.#listeners.set(event, listener);
  }

  emit(event: string, detail?: unknown): void {
    this.#listeners.get(event)?.({}, detail as never);
  }
}

const alert: Alert = {
  id: 'a',
  kind: 'crashed',
  phase: 'news',
  accountId: 'home',
  serverIds: ['home/1'],
  eventIds: ['a'],
  at: 0,
  title: verbatim('Survival crashed'),
  body: verbatim('panel.example.com · <b>exit code 1</b> & more'),
};

function setUp(platform: NodeJS.Platform = 'linux') {
  const made: FakeNotification[] = [];
  const [open, act, failed] = [vi.fn(), vi.fn(), vi.fn()];
  const notifications = new Notifications({
    make: (options, replaced) => {
      const notification = new FakeNotification(options, replaced);
      made.push(notification);
      return notification;
    },
    open,
    act,
    failed,
    platform,
  });
  return { notifications, made, open, act, failed };
}

describe('Notifications', () => {
  it('shows an alert once and opens its server on a click', () => {
    const { notifications, made, open } = setUp();
    notifications.alert(alert);
    expect(made).toHaveLength(1);
    expect(made[0]?.show).toHaveBeenCalledOnce();
    made[0]?.emit('click');
    expect(open).toHaveBeenCalledExactlyOnceWith(['home/1']);
  });

  it('an alert replaces an earlier alert of its id, and closes when it turns out false', () => {
    const { notifications, made } = setUp();
    notifications.alert(alert);
    notifications.alert({ ...alert, title: verbatim('Survival is back') });
    expect(made.map(({ replaced }) => replaced)).toEqual([null, made[0]]);
    made[0]?.emit('close');
    notifications.withdraw('another');
    notifications.withdraw(alert.id);
    notifications.withdraw(alert.id);
    expect(made.map(({ close }) => close.mock.calls.length)).toEqual([0, 1]);
  });

  it('the newer alert of a server that goes down again replaces the older', () => {
    const { notifications, made } = setUp();
    notifications.alert(alert);
    notifications.alert({ ...alert, id: 'b', kind: 'stays-down' });
    notifications.alert({ ...alert, id: 'c', serverIds: ['home/2'] });
    notifications.alert({ ...alert, id: 'd', kind: 'backup' });
    expect(made.map(({ replaced }) => replaced)).toEqual([null, made[0], null, null]);
    notifications.withdraw(alert.id);
    notifications.withdraw('b');
    expect(made.map(({ close }) => close.mock.calls.length)).toEqual([0, 1, 0, 0]);
  });

  it('leaves the escaping of markup to the implementation', () => {
    const { notifications, made } = setUp();
    notifications.alert(alert);
    expect(made[0]?.options.body).toBe('panel.example.com · <b>exit code 1</b> & more');
  });

  it('is critical while a server stays down', () => {
    const { notifications, made } = setUp();
    notifications.alert(alert);
    notifications.alert({ ...alert, kind: 'stays-down' });
    notifications.alert({ ...alert, kind: 'stays-down', phase: 'over' });
    expect(made.map(({ options }) => options.isCritical === true)).toEqual([false, true, false]);
  });

  it('limits the length of a hostile name', () => {
    const { notifications, made } = setUp();
    const title = verbatim(`${'x'.repeat(500)}\n\u202e`);
    notifications.alert({ ...alert, title, body: verbatim('y'.repeat(5000)) });
    expect(made[0]?.options.title).toHaveLength(120);
    expect(made[0]?.options.body).toHaveLength(300);
  });

  it.each(['darwin', 'linux'] as const)('has buttons on %s, about one server', (platform) => {
    const { notifications, made, act } = setUp(platform);
    notifications.alert(alert);
    const buttons = made[0]?.options.actions?.map(({ text }) => text);
    expect(buttons).toEqual(['Start', 'Open console', 'Mute for 1 hour']);
    made[0]?.emit('action', 2);
    expect(act).toHaveBeenCalledExactlyOnceWith('home/1', 'snooze');
    const silent: Partial<Alert>[] = [{ serverIds: [] }, { serverIds: ['a', 'b'] }, { phase: 'over' }];
    for (const fields of [...silent, { kind: 'wish' } as const]) notifications.alert({ ...alert, ...fields });
    expect(made.slice(1).map(({ options }) => options.actions)).toEqual(
      silent.map(() => undefined).concat(undefined),
    );
  });

  it.each<[Alert['kind'], string[]]>([
    ['stays-down', ['Start', 'Open console', 'Mute for 1 hour']],
    ['memory', ['Restart', 'Open console', 'Mute for 1 hour']],
    ['backup', ['Open console', 'Mute for 1 hour']],
  ])('the first button of %s is the signal that helps, if any', (kind, expected) => {
    const { notifications, made } = setUp('linux');
    notifications.alert({ ...alert, kind });
    expect(made[0]?.options.actions?.map(({ text }) => text)).toEqual(expected);
  });

  it('has no buttons on Windows, where Electron has none', () => {
    const { notifications, made } = setUp('win32');
    notifications.alert(alert);
    expect(made[0]?.options.actions).toBeUndefined();
  });

  it('reports a failure once, and again only after a success', () => {
    const { notifications, made, failed } = setUp();
    const next = (): FakeNotification | undefined => {
      notifications.tell('Stop failed', '');
      return made.at(-1);
    };
    next()?.emit('show');
    expect(failed).not.toHaveBeenCalled();
    next()?.emit('failed', 'no service');
    next()?.emit('failed', 'no service');
    next()?.emit('show');
    next()?.emit('failed', 'gone');
    expect(failed.mock.calls).toEqual([['no service'], [null], ['gone']]);
  });

  it('keeps at most fifty, and closes the oldest', () => {
    const { notifications, made } = setUp();
    for (let count = 0; count < 52; count++)
      notifications.alert({ ...alert, id: `a${count}`, serverIds: [`home/${count}`] });
    notifications.stop();
    const closed = made.map(({ close }) => close.mock.calls.length);
    expect(closed).toEqual([0, 0, ...Array.from({ length: 50 }, () => 1)]);
  });

  it.each(['click', 'close', 'failed'])('forgets a notification after %s', (event) => {
    const { notifications, made } = setUp();
    notifications.alert(alert);
    made[0]?.emit(event);
    notifications.stop();
    expect(made[0]?.close).not.toHaveBeenCalled();
  });

  it('closes all open notifications when Perch quits', () => {
    const { notifications, made } = setUp();
    notifications.alert(alert);
    notifications.alert({ ...alert, id: 'b', serverIds: ['home/2'] });
    made[0]?.emit('close');
    notifications.stop();
    expect(made[0]?.close).not.toHaveBeenCalled();
    expect(made[1]?.close).toHaveBeenCalledOnce();
  });
});
