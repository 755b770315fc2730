import { describe, expect, it, vi } from 'vitest';
import { settle } from '../../../tests/support/fake-clock.js';
import type { BusListener } from '../../bus/bus.js';
import { watchForTrayHost } from './host-watch.js';

const name = 'org.kde.StatusNotifierWatcher';

function setUp(isThere = false) {
  const listeners: BusListener[] = [];
  const close = vi.fn();
  const call = vi.fn(({ member }: { member: string }) =>
    Promise.resolve(member === 'NameHasOwner' ? [isThere] : []),
  );
  const came = vi.fn();
  const end = watchForTrayHost((listener) => {
    listeners.push(listener);
    return Promise.resolve({ call, emit: vi.fn(), close });
  }, came);
  const told = (sender: string, args: string[]): void =>
    listeners[0]?.signal({
      sender,
      path: '/',
      interface: 'org.freedesktop.DBus',
      member: 'NameOwnerChanged',
      args,
    });
  const changed = (...args: string[]): void => told('org.freedesktop.DBus', args);
  return { call, close, came, end, changed, told };
}

describe('watchForTrayHost', () => {
  it('tells once of a host that comes, and asks nothing more', async () => {
    const { call, close, came, changed, told } = setUp();
    await settle();
    expect(call.mock.calls.map(([{ member }]) => member)).toEqual(['AddMatch', 'NameHasOwner']);
    changed('org.example.Other', '', ':1.7');
    changed(name, ':1.6', '');
    told(':1.9', [name, '', ':1.9']);
    expect(came).not.toHaveBeenCalled();
    changed(name, '', ':1.7');
    changed(name, ':1.7', ':1.8');
    expect(came).toHaveBeenCalledOnce();
    expect(close).toHaveBeenCalledOnce();
  });

  it('misses none that comes while it begins to watch', async () => {
    const { came } = setUp(true);
    await settle();
    expect(came).toHaveBeenCalledOnce();
  });

  it('hears nothing more once it is ended', async () => {
    const { close, came, end, changed } = setUp();
    end();
    await settle();
    changed(name, '', ':1.7');
    expect(came).not.toHaveBeenCalled();
    expect(close).toHaveBeenCalled();
  });

  it('is no fault where there is no bus', async () => {
    const came = vi.fn();
    watchForTrayHost(() => Promise.reject(new Error('no session bus')), came);
    await settle();
    expect(came).not.toHaveBeenCalled();
  });
});
