import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { ShownServers } from './shown-servers.js';

describe('ShownServers', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('reports the visible servers of all parts of the window, after a moment and only if changed', () => {
    const bridge = new FakeBridge();
    const shown = new ShownServers(new PerchClient(bridge));
    const told = () => bridge.calls.map(({ input }) => input);
    shown.show('table', ['home/b', 'home/a']);
    shown.show('sidebar', ['home/a', 'home/c']);
    expect(told()).toEqual([]);
    vi.advanceTimersByTime(300);
    expect(told()).toEqual([{ serverIds: ['home/b', 'home/a', 'home/c'] }]);
    shown.show('table', ['home/a', 'home/b']);
    vi.advanceTimersByTime(300);
    expect(told()).toHaveLength(1);
    shown.showRows('table', [
      { kind: 'section', key: 'pins' },
      { kind: 'server', key: 'home/d' },
    ]);
    vi.advanceTimersByTime(300);
    expect(told()[1]).toEqual({ serverIds: ['home/d', 'home/a', 'home/c'] });
  });

  it('reports at most as many as main accepts', () => {
    const bridge = new FakeBridge();
    const shown = new ShownServers(new PerchClient(bridge));
    shown.show(
      'table',
      Array.from({ length: 600 }, (_, index) => `home/${index}`),
    );
    vi.advanceTimersByTime(300);
    expect(bridge.calls[0]?.input).toMatchObject({ serverIds: { length: 500 } });
  });
});
