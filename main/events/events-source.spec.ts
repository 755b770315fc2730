import { describe, expect, it, vi } from 'vitest';
import { anEvent } from '../../tests/support/history-events.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { Emitter } from '../base/emitter.js';
import { eventsSource } from './events-source.js';

describe('The feed of events', () => {
  it('begins with recent events, and sends only the newest version of an event that changes often', async () => {
    const clock = new FakeClock();
    const changes = new Emitter<{ event: ReturnType<typeof anEvent> }>();
    const recalls = new Emitter<undefined>();
    const old = anEvent();
    const source = eventsSource({
      clock,
      log: {
        recent: [old],
        listen: (listener) => changes.listen(listener),
        onRecalled: (listener) => recalls.listen(listener),
      },
    });
    const sink = { snapshot: vi.fn(), change: vi.fn() };
    const end = source(undefined, sink, { webContentsId: 1 });
    expect(sink.snapshot).toHaveBeenCalledExactlyOnceWith([old]);
    const one = anEvent();
    changes.emit({ event: one });
    changes.emit({ event: { ...one, endedAt: 5 } });
    expect(sink.change).not.toHaveBeenCalled();
    await clock.advance(100);
    expect(sink.change).toHaveBeenCalledExactlyOnceWith([{ ...one, endedAt: 5 }]);
    recalls.emit(undefined);
    expect(sink.change).toHaveBeenLastCalledWith([old]);
    changes.emit({ event: one });
    end();
    expect(clock.pending).toBe(0);
    expect(changes.hasListeners || recalls.hasListeners).toBe(false);
  });
});
