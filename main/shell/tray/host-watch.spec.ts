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
  it('reports a host once, and stops asking', async () => {
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

  it('misses no host that appears while the watch begins', async () => {
    const { came } = setUp(true);
    await settle();
    expect(came).toHaveBeenCalledOnce();
  });

  it('reports nothing after its end', async () => {
    const { close, came, end, changed } = setUp();
    end();
    await settle();
    changed(name, '', ':1.7');
    expect(came).not.toHaveBeenCalled();
    expect(close).toHaveBeenCalled();
  });

  it('works without a bus', async () => {
    const came = vi.fn();
    watchForTrayHost(() => Promise.reject(new Error('no session bus')), came);
    await settle();
    expect(came).not.toHaveBeenCalled();
  });
});
