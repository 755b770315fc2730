/** Fields that panels of some hosts write in another form, as their database drivers, PHP versions or plugins do. */
import { expect, it } from 'vitest';
import type * as z from 'zod';
import { serverItem as item } from '../../../tests/support/panel-answers.js';
import { permissionsAnswer } from './account.js';
import { activityAnswer } from './activity.js';
import { apiKeysAnswer } from './api-keys.js';
import { backupItem } from './backups.js';
import { databaseItem } from './databases.js';
import { listAnswer } from './list.js';
import { allocationItem, allocationsAnswer } from './network.js';
import { peopleAnswer, personItem } from './people.js';
import { scheduleItem } from './schedules.js';
import { serverItem } from './server.js';
import { sshKeysAnswer } from './ssh-keys.js';
import { startupAnswer } from './startup.js';

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
    allocations: null,
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

it('texts that are numbers, as numbers', () => {
  const address = { id: 7, ip: '203.0.113.10', port: 25565, ip_alias: 2024, notes: 7 };
  expect(allocationItem.parse(entry(address))).toMatchObject({ alias: '2024', notes: '7' });
  expect(databaseItem.parse(entry({ id: 1, name: 7, username: 8 }))).toMatchObject({
    name: '7',
    username: '8',
  });
  const cron = { minute: 0, hour: 4, day_of_month: '*', month: 12, day_of_week: 1 };
  expect(scheduleItem.parse(entry({ id: 1, name: 2024, cron }))).toMatchObject({
    name: '2024',
    cron: { minute: '0', hour: '4', month: '12', dayOfWeek: '1' },
  });
  for (const name of [{}, [], true]) expect(accepts(databaseItem, entry({ id: 1, name }))).toBe(false);
});

it('addresses of an API key in one text, and none that would make the key seem open to all', () => {
  const from = (sent: unknown) => {
    const sentKey = entry({ identifier: 'ptlc_1', allowed_ips: sent });
    return apiKeysAnswer.parse({ data: [sentKey] })[0]?.allowedIps;
  };
  for (const none of [null, undefined, '', '  ', [], {}, '[]', '{}']) expect(from(none)).toEqual([]);
  const two = ['203.0.113.10', '2001:db8::/32'];
  const listed = { 0: two[0], 3: two[1] };
  for (const sent of [two, listed, two.join(), two.join('\n'), two.join(' , '), JSON.stringify(two)])
    expect(from(sent)).toEqual(two);
  expect(from([null, { ip: 'x' }, 7])).toEqual(['?', '?', '7']);
  const odd = entry({ identifier: 'ptlc_1', allowed_ips: { only: 'x' } });
  expect(accepts(apiKeysAnswer, { data: [odd] })).toBe(false);
});

it('backups without a time of their end, and with another size or checksum', () => {
  const backup = { uuid: 'b1', is_successful: true, created_at: '2026-11-28T14:50:18Z' };
  expect(backupItem.parse(entry(backup))).toMatchObject({ state: 'running', completedAt: null });
  const odd = { completed_at: '2026-11-28 14:50:21', bytes: 'many', checksum: 7 };
  expect(backupItem.parse(entry({ ...backup, ...odd }))).toMatchObject({
    state: 'good',
    bytes: 0,
    sha1: null,
  });
});

it('variables with gaps, and none that is lost for a fact that Perch only shows', () => {
  const variable = (fields: object) => entry({ env_variable: 'JAR', rules: 'required', ...fields });
  const read = (data: unknown) => startupAnswer(undefined).parse({ data });
  expect(read({ 0: variable({}), 2: variable({ env_variable: 'PORT' }) }).variables).toHaveLength(2);
  for (const odd of [{ name: {} }, { description: [] }, { default_value: {} }, { is_editable: 'perhaps' }])
    expect(read([variable(odd)]).variables).toMatchObject([{ envVariable: 'JAR', isEditable: false }]);
});

it('a startup whose facts beside the variables have another form, but none without a readable variable', () => {
  const variable = entry({ env_variable: 'JAR', rules: 'required' });
  for (const meta of [undefined, null, [], 'x', { docker_images: 'java' }])
    expect(startupAnswer(undefined).parse({ data: [variable], meta })).toMatchObject({
      variables: [{ envVariable: 'JAR' }],
      images: [],
    });
  expect(startupAnswer(undefined).parse({ data: [] }).variables).toEqual([]);
  for (const data of [[null], [variable.attributes]])
    expect(accepts(startupAnswer(undefined), { data })).toBe(false);
});

it('power actions of people whose names cannot be read', () => {
  const of = (relationships: unknown) =>
    entry({ event: 'server:power.stop', timestamp: '2026-11-28T14:50:18Z', relationships });
  for (const odd of ['x', { actor: 7 }, { actor: { attributes: 'x' } }, { actor: { attributes: {} } }])
    expect(activityAnswer.parse({ data: [of(odd)] })).toMatchObject([{ signal: 'stop', by: null }]);
});

it('one damaged SSH key or one damaged group of permissions hides no other', () => {
  const key = entry({ name: 'laptop', fingerprint: 'abc' });
  expect(sshKeysAnswer.parse({ data: [null, key, entry({ name: 'x' })] })).toEqual([
    { name: 'laptop', fingerprint: 'abc', createdAt: null },
  ]);
  const undated = entry({ name: 'laptop', fingerprint: 'abc', created_at: 'yesterday' });
  expect(sshKeysAnswer.parse({ data: [undated] })).toMatchObject([{ createdAt: null }]);
  const groups = {
    control: { description: {}, keys: { start: null, stop: 'Stops.' } },
    file: null,
    user: { keys: [] },
  };
  expect(permissionsAnswer.parse(entry({ permissions: groups }))).toMatchObject([
    { name: 'control', permissions: [{ id: 'control.start', description: '' }, { id: 'control.stop' }] },
  ]);
});
