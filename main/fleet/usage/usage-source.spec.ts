import { describe, expect, it, vi } from 'vitest';
import { aSample } from '../../../tests/support/samples.js';
import type { UsageListener } from './usage-log.js';
import { usageSource } from './usage-source.js';

const sample = aSample(1);

describe('usageSource', () => {
  it('sends the past of one server, then new samples, until it ends', () => {
    const end = vi.fn();
    const listeners = new Map<string, UsageListener>();
    const source = usageSource({
      watch: (serverId, listener) => {
        listeners.set(serverId, listener);
        listener.snapshot([sample]);
        return end;
      },
    });
    const sink = { snapshot: vi.fn(), change: vi.fn() };
    const stop = source({ serverId: 'home/1' }, sink, { webContentsId: 7 });
    expect(sink.snapshot).toHaveBeenCalledExactlyOnceWith({ samples: [sample] });
    listeners.get('home/1')?.added([{ ...sample, at: 2 }]);
    expect(sink.change).toHaveBeenCalledExactlyOnceWith({ samples: [{ ...sample, at: 2 }] });
    stop();
    expect(end).toHaveBeenCalledOnce();
  });
});
