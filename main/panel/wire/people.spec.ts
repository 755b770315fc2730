/** People and permissions as hostile or newer panels send them. */
import { describe, expect, it } from 'vitest';
import { keptPeopleOf } from '../../../bridge/people/kept-people.js';
import { hasId, isUnread } from '../../../bridge/people/unread.js';
import { givenPermissionsSchema } from '../../../bridge/schema/people.js';
import { permissionsAnswer } from './account.js';
import { peopleAnswer, personItem } from './people.js';

const person = (fields: object) => ({
  attributes: { uuid: 'of-sam', username: 'sam', email: 's@example.com', permissions: [], ...fields },
});

it('nobody is left out of a long list, where a missing person would count as gone', () => {
  const data = Array.from({ length: 5000 }, (_, at) => person({ uuid: `p${at}` }));
  expect(peopleAnswer.parse({ data }).at(-1)?.uuid).toBe('p4999');
});

it.each([null, undefined])('somebody whose permissions are %s is in the list, without any', (permissions) => {
  expect(peopleAnswer.parse({ data: [person({ permissions })] })).toMatchObject([{ permissions: [] }]);
});

describe('an entry that is no whole person', () => {
  const read = (...data: unknown[]) => peopleAnswer.parse({ data: [person({ uuid: 'of-anna' }), ...data] });

  it.each([undefined, null, 7, '../of-sam', ''])(
    'with the id %j is shown as far as it can be read',
    (uuid) => {
      const [, sam] = read(person({ uuid, permissions: ['file.read'] }));
      expect(sam).toMatchObject({ name: 'sam', email: 's@example.com', permissions: ['file.read'] });
      expect(sam && [hasId(sam), isUnread(sam)]).toEqual([false, false]);
    },
  );

  it.each<[string, unknown]>([
    ['no entry', null],
    ['without fields', { attributes: {} }],
    ['without a name or an address', person({ uuid: null, username: {}, email: [] })],
    ['with permissions of another form, which may be any', person({ permissions: 'all' })],
  ])('%s is known to be there, and no more', (_what, item) => {
    const people = read(item, item);
    expect(people.map(isUnread)).toEqual([false, true, true]);
    expect(new Set(people.map(({ uuid }) => uuid)).size).toBe(3);
    expect(keptPeopleOf(people)).toMatchObject({ people: [{ uuid: 'of-anna' }], leftOut: 2 });
  });

  it('makes no list of people alone', () => {
    expect(peopleAnswer.safeParse({ data: [null, {}] }).success).toBe(false);
    expect(peopleAnswer.parse({ data: [] })).toEqual([]);
  });
});

describe('permissions of a person', () => {
  it('of a plugin or a newer panel are kept, and can be given back', () => {
    const permissions = ['plugin:pregen/start', 'player-manager', '2fa.reset', 'a.b|c'];
    const read = personItem.parse(person({ permissions })).permissions;
    expect(read).toEqual(permissions);
    expect(givenPermissionsSchema.parse([...read])).toEqual(permissions);
  });

  it('that no panel can mean are left out', () => {
    const permissions = [
      'a\nb',
      'a b',
      'a,b',
      '',
      'x'.repeat(101),
      '\u202ea.b',
      7,
      null,
      { a: 1 },
      'a.b',
      'a.b',
    ];
    expect(personItem.parse(person({ permissions })).permissions).toEqual(['a.b']);
  });

  it('can all be given back', () => {
    const permissions = Array.from({ length: 600 }, (_, at) => `plugin.right-${at}`);
    const read = personItem.parse(person({ permissions })).permissions;
    expect(read).toHaveLength(500);
    expect(givenPermissionsSchema.safeParse([...read]).success).toBe(true);
  });
});

describe('permissions that a panel knows', () => {
  it('can all be granted', () => {
    const flat = { attributes: { permissions: ['a.b', 'a b', '\u202e', 'c,d'] } };
    expect(permissionsAnswer.parse(flat)).toMatchObject([{ name: 'a', permissions: [{ id: 'a.b' }] }]);
    const keys = { start: 'Start', 'st op': 'Stop' };
    const grouped = { control: { description: '', keys }, 'no id': { description: '', keys: { x: '' } } };
    expect(permissionsAnswer.parse({ attributes: { permissions: grouped } })).toEqual([
      { name: 'control', description: '', permissions: [{ id: 'control.start', description: 'Start' }] },
    ]);
  });

  it('are as many as a dialog can show', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => `g${at}.x`);
    expect(permissionsAnswer.parse({ attributes: { permissions: many } })).toHaveLength(1000);
  });
});
