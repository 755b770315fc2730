import { describe, expect, it } from 'vitest';
import { activityPageAnswer } from './activity-page.js';
import { activityAnswer } from './activity.js';

const user = (username: unknown) => ({ actor: { object: 'user', attributes: { username } } });
const entry = (fields: Record<string, unknown>) => ({
  object: 'activity_log',
  attributes: {
    event: 'server:power.stop',
    timestamp: '2026-03-01T12:00:00+02:00',
    relationships: user('anna'),
    ...fields,
  },
});
const read = (...data: unknown[]) => activityAnswer.parse({ object: 'list', data });
const at = Date.parse('2026-03-01T10:00:00Z');

describe('The activity of a server', () => {
  it('includes power actions, with their time and user', () => {
    expect(
      read(
        entry({}),
        entry({ event: 'server:power.kill', timestamp: '2026-03-01T10:00:00Z' }),
        entry({ event: 'server:console.command' }),
      ),
    ).toEqual([
      { at, signal: 'stop', by: 'anna' },
      { at, signal: 'kill', by: 'anna' },
    ]);
  });

  it('includes schedules run by hand, with their name', () => {
    const properties = { name: 'Nightly\nrestart' };
    const event = 'server:schedule.execute';
    expect(
      read(entry({ event, properties }), entry({ event }), entry({ event: `${event}d`, properties })),
    ).toEqual([{ at, schedule: 'Nightly restart', by: 'anna' }]);
  });

  it('includes acts on backups, with their names', () => {
    const properties = { name: 'first\none', failed: false };
    const events = ['delete', 'restore-failed', 'lock', 'explode'].map((what) => `server:backup.${what}`);
    const entries = events.map((event) => entry({ event, properties }));
    expect(read(...entries, entry({ event: 'server:backup.start' }))).toEqual([
      { at, backup: 'delete', name: 'first one', by: 'anna' },
      { at, backup: 'restore-failed', name: 'first one', by: 'anna' },
    ]);
  });

  it.each([
    ['none', undefined],
    ['a resource of nothing', { actor: { object: 'null_resource', attributes: null } }],
    ['null', { actor: null }],
    ['an empty name', user(' \u0000 ')],
  ])('has nobody if the user is %s', (_, relationships) => {
    expect(read(entry({ relationships }))).toEqual([{ at, signal: 'stop', by: null }]);
  });

  it('skips invalid entries, and names are one short line', () => {
    const [first, ...others] = read(
      entry({ relationships: user(`an\u001b[31m\nna${'a'.repeat(500)}`) }),
      null,
      'x',
      {},
      entry({ event: 'server:power.explode' }),
      entry({ event: 7 }),
      entry({ timestamp: 'yesterday' }),
      entry({ timestamp: 5 }),
    );
    expect(others).toEqual([]);
    expect(first?.by?.length).toBeLessThanOrEqual(80);
    expect(first?.by).not.toMatch(/\p{Cc}/u);
  });

  it('is at most one page, and needs the known shape', () => {
    expect(read(...Array.from({ length: 150 }, () => entry({})))).toHaveLength(100);
    expect(activityAnswer.safeParse({ object: 'list' }).success).toBe(false);
  });
});

it('an entry whose property nobody can write out again spoils no other', () => {
  const depth = 100_000;
  const bottomless: unknown = JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`);
  const page = activityPageAnswer(1).parse({
    data: [entry({ id: 'a', properties: { deep: { in: bottomless } } }), entry({ id: 'b' })],
  });
  expect(page.entries.map(({ id, properties }) => [id, properties])).toEqual([
    ['a', { deep: '' }],
    ['b', {}],
  ]);
});

describe('A page of all activity', () => {
  const page = (...data: unknown[]) => activityPageAnswer(1).parse({ data });

  it('gives entries without an id an id, the same at each reading, and equal entries different ids', () => {
    const sent = [entry({}), entry({}), entry({ event: 'server:power.kill' }), entry({ id: null })];
    const ids = page(...sent).entries.map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    expect(page(...sent).entries.map(({ id }) => id)).toEqual(ids);
    expect(page(entry({ event: 'server:power.kill' })).entries[0]?.id).toBe(ids[2]);
  });

  it('keeps an entry whose address is of another form', () => {
    expect(page(entry({ id: 'a', ip: {} })).entries).toMatchObject([{ id: 'a', ip: null }]);
  });

  it('is refused if no entry can be read: an empty page would claim that nobody did anything', () => {
    expect(activityPageAnswer(1).safeParse({ data: [{}, null] }).success).toBe(false);
    expect(page().entries).toEqual([]);
  });
});
