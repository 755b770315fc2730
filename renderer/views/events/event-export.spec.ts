import { afterEach, describe, expect, it } from 'vitest';
import { anEvent } from '../../../tests/support/history-events.js';
import { speak } from '../../../messages/messages.js';
import { exported } from './event-export.js';

const at = Date.UTC(2026, 10, 25, 19, 4, 5);
const ended = anEvent({ at, endedAt: at + 60_000, server: 'Sky, "block"' });
const lasting = anEvent({ at, endedAt: null });
const over = anEvent({ at, what: { kind: 'added' }, server: null, serverId: null });

describe('Events as CSV', () => {
  afterEach(() => speak(() => 'en'));

  it("are one line each, in the user's language", () => {
    speak(() => 'de');
    const lines = exported([ended], 'csv').split('\r\n');
    expect(lines).toEqual([
      '\ufefftime,ended,kind,title,details,panel,server,channels',
      '2026-11-25T19:04:05.000Z,2026-11-25T19:05:05.000Z,crashed,' +
        '"Sky, ""block"" ist abgestürzt",Der Prozess endete mit Exit-Code 1.,panel.example.com,"Sky, ""block""",',
      '',
    ]);
  });

  it('have no end while they last, and end at once without a duration', () => {
    const lines = exported([lasting, over], 'csv').split('\r\n');
    expect(lines[1]).toMatch(/^2026-11-25T19:04:05\.000Z,,crashed/);
    expect(lines[2]).toMatch(/^2026-11-25T19:04:05\.000Z,2026-11-25T19:04:05\.000Z,added/);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '|calc', '\t=1', '  =1'])('never hold a formula: %j', (server) => {
    const [, line = ''] = exported([anEvent({ server })], 'csv').split('\r\n');
    expect(line.split(',').at(-2)).toBe(`'${server}`);
  });
});

describe('Events as JSON', () => {
  it('have their sentences and their details', () => {
    const [first, second] = JSON.parse(exported([ended, lasting], 'json')) as Record<string, unknown>[];
    expect(first).toMatchObject({
      time: '2026-11-25T19:04:05.000Z',
      title: 'Sky, "block" crashed',
      server: 'Sky, "block"',
      serverId: 'home/1',
      evidence: { kind: 'crashed', exitCode: 1 },
    });
    expect(second).toMatchObject({ ended: null, channels: null, deliveries: [] });
  });

  it('name the messages to channels', () => {
    const one = { channelId: 'c1', kind: 'ntfy', name: 'phone', againAt: null, editedAt: null } as const;
    const evening = new Date(2026, 10, 25, 20, 4).getTime();
    const deliveries = [{ ...one, state: 'sent', at: evening, failures: 0 } as const];
    const [first] = JSON.parse(exported([anEvent({ at: evening, deliveries })], 'json')) as Record<
      string,
      unknown
    >[];
    expect(first).toMatchObject({ channels: 'Channels: ntfy “phone” 20:04', deliveries });
  });
});
