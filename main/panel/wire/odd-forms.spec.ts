/** Fields that panels of some hosts write in another form, as their database drivers, PHP versions or plugins do. */
import { expect, it } from 'vitest';
import type * as z from 'zod';
import { serverItem as item } from '../../../tests/support/panel-answers.js';
import { permissionsAnswer } from './account.js';
import { databaseItem } from './databases.js';
import { listAnswer } from './list.js';
import { allocationItem, allocationsAnswer } from './network.js';
import { peopleAnswer, personItem } from './people.js';
import { scheduleItem } from './schedules.js';
import { serverItem } from './server.js';
import { sshKeysAnswer } from './ssh-keys.js';

const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;
const entry = (attributes: object) => ({ object: 'x', attributes });

it('flags as numbers or as texts of numbers', () => {
  const of = (flag: unknown) => serverItem.parse(item({ server_owner: flag, is_suspended: flag }));
  for (const yes of [true, 1, '1']) expect(of(yes)).toMatchObject({ isOwner: true, condition: 'suspended' });
  for (const no of [false, 0, '0', null])
    expect(of(no)).toMatchObject({ isOwner: false, condition: 'normal' });
  expect(accepts(serverItem, item({ is_suspended: 'perhaps' }))).toBe(false);
});

it('numbers of addresses, schedules and tasks as texts', () => {
  const address = { id: '7', ip: '203.0.113.10', port: '25565', is_default: '1' };
  expect(allocationItem.parse(entry(address))).toMatchObject({ id: 7, port: 25565, isDefault: true });
  for (const id of ['0', '-1', '1.5', '7 ', '../7', 1e16, null])
    expect(accepts(allocationItem, entry({ ...address, id })), String(id)).toBe(false);
  const cron = { minute: '0', hour: '4', day_of_month: '*', month: '*', day_of_week: '*' };
  const task = entry({ id: '2', sequence_id: '1', action: 'command', payload: 'list', time_offset: '5' });
  const relationships = { tasks: { object: 'list', data: [task] } };
  const times = { next_run_at: 'soon', last_run_at: '2026-11-30 04:00:00' };
  // A time that Perch can't read is no reason to hide a schedule.
  expect(scheduleItem.parse(entry({ id: '1', name: 'x', cron, relationships, ...times }))).toMatchObject({
    id: 1,
    lastEndedAt: null,
    nextRunAt: null,
    tasks: [{ id: 2, offsetSeconds: 5 }],
  });
});

it('numbers of databases as texts, and none that spoils a database', () => {
  const database = (fields: object) => entry({ id: 's1', host: { address: 'db', port: '3307' }, ...fields });
  expect(databaseItem.parse(database({ max_connections: '5' }))).toMatchObject({
    host: { port: 3307 },
    maxConnections: 5,
  });
  for (const none of [null, 0, '0', 'many', 1e300, {}])
    expect(databaseItem.parse(database({ max_connections: none }))).toMatchObject({ maxConnections: null });
});

it('lists with gaps, which PHP writes as objects, and empty objects, which it writes as lists', () => {
  const gaps = { 0: 'control.start', 2: 'control.stop' };
  expect(serverItem.parse(item({}, { user_permissions: gaps })).permissions).toEqual(Object.values(gaps));
  const sam = { uuid: 'a1', username: 'sam', permissions: gaps };
  expect(personItem.parse(entry(sam)).permissions).toEqual(Object.values(gaps));
  expect(accepts(personItem, entry({ ...sam, permissions: { admin: true } }))).toBe(false);
  expect(serverItem.parse(item({ relationships: [], egg_features: {} }))).toMatchObject({
    allocations: [],
    features: [],
  });
});

it('flags as words', () => {
  const of = (flag: unknown) => serverItem.parse(item({ server_owner: flag, is_suspended: flag }));
  expect(of('true')).toMatchObject({ isOwner: true, condition: 'suspended' });
  expect(of('false')).toMatchObject({ isOwner: false, condition: 'normal' });
});

it('whole lists with gaps, but no empty object as an empty list', () => {
  const address = (id: number) => entry({ id, ip: '203.0.113.10', port: 25565 });
  const sam = entry({ uuid: 'a1', username: 'sam' });
  const ids = allocationsAnswer.parse({ data: { 0: address(1), 2: address(2) } }).map(({ id }) => id);
  expect(ids).toEqual([1, 2]);
  expect(peopleAnswer.parse({ data: { 1: sam } })).toMatchObject([{ uuid: 'a1' }]);
  expect(listAnswer.parse({ data: { 3: item({}) } })).toMatchObject({ count: 1, servers: [{}] });
  for (const schema of [allocationsAnswer, peopleAnswer, listAnswer])
    for (const data of [{}, { first: sam }]) expect(accepts(schema, { data })).toBe(false);
});

it('pages without their number, or with an empty list for it', () => {
  for (const meta of [undefined, null, [], { pagination: [] }, { pagination: { total: 'x' } }])
    expect(listAnswer.parse({ data: [item({})], meta })).toMatchObject({
      total: null,
      totalPages: null,
      count: 1,
    });
});

it('times without a zone, which are hours off on another computer, as none', () => {
  const made = (at: unknown) =>
    sshKeysAnswer.parse({ data: [entry({ fingerprint: 'abc', created_at: at })] });
  expect(made('2026-11-28T15:11:56+01:00')).toMatchObject([
    { createdAt: Date.parse('2026-11-28T14:11:56Z') },
  ]);
  for (const at of ['2026-11-28 15:11:56', '2026-11-28T15:11:56', '28.11.2026', 1_796_000_000, null, {}])
    expect(made(at)).toMatchObject([{ createdAt: null }]);
});

it('one damaged SSH key or one damaged group of permissions hides no other', () => {
  const key = entry({ name: 'laptop', fingerprint: 'abc' });
  expect(sshKeysAnswer.parse({ data: [null, key, entry({ name: 'x' })] })).toEqual([
    { name: 'laptop', fingerprint: 'abc', createdAt: null },
  ]);
  const undated = entry({ name: 'laptop', fingerprint: 'abc', created_at: 'yesterday' });
  expect(sshKeysAnswer.parse({ data: [undated] })).toMatchObject([{ createdAt: null }]);
  const groups = { control: { keys: { start: null, stop: 'Stops.' } }, file: null, user: { keys: [] } };
  expect(permissionsAnswer.parse(entry({ permissions: groups }))).toMatchObject([
    { name: 'control', permissions: [{ id: 'control.start', description: '' }, { id: 'control.stop' }] },
  ]);
});
