import { expect, it, vi } from 'vitest';
import { anEvent } from '../../tests/support/history-events.js';
import { Emitter } from '../base/emitter.js';
import { Observable } from '../base/observable.js';
import { countUnseen } from './unseen-count.js';

it('the count covers unseen events, and only a changed count is emitted', () => {
  const changes = new Emitter<undefined>();
  const listen = (listener: () => void): (() => void) => changes.listen(listener);
  const recalls = new Emitter<undefined>();
  const log = {
    recent: [anEvent({ at: 5 })],
    listen,
    onRecalled: (listener: () => void): (() => void) => recalls.listen(listener),
  };
  const memory = { current: { eventsSeenAt: 0 }, listen };
  const count = new Observable(0);
  const told = vi.fn();
  count.listen(told);
  const end = countUnseen({ log, memory, count });
  log.recent.push(
    anEvent({ at: 7, what: { kind: 'stopped', by: { kind: 'me', bulk: false }, isKill: false } }),
  );
  changes.emit(undefined);
  log.recent.push(anEvent({ at: 9 }));
  changes.emit(undefined);
  memory.current = { eventsSeenAt: 5 };
  changes.emit(undefined);
  log.recent.unshift(anEvent({ at: 6 }), anEvent({ at: 2 }));
  recalls.emit(undefined);
  expect(told.mock.calls).toEqual([[1], [2], [1], [2]]);
  end();
  log.recent = [];
  changes.emit(undefined);
  recalls.emit(undefined);
  expect(count.current).toBe(2);
});
