import type { HistoryEvent } from '../../bridge/schema/events.js';

let count = 0;

/** Event of the log for tests; pass the fields that matter. */
export function anEvent(fields: Partial<HistoryEvent> = {}): HistoryEvent {
  return {
    id: `e${String(++count).padStart(4, '0')}`,
    at: 0,
    accountId: 'home',
    serverId: 'home/1',
    panel: 'panel.example.com',
    server: 'Survival',
    what: { kind: 'crashed', exitCode: 1, outOfMemory: false, aftermath: 'open' },
    ...fields,
  };
}
