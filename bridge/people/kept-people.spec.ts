import { describe, expect, it } from 'vitest';
import type { Person } from '../schema/people.js';
import { keptPeopleOf } from './kept-people.js';

const person = (fields: Partial<Person> = {}): Person => ({
  uuid: 'of-sam',
  name: 'sam',
  email: 'sam@example.com',
  hasTwoFactor: false,
  permissions: ['control.start', 'websocket.connect'],
  ...fields,
});

describe('keptPeopleOf', () => {
  it('keeps each set of permissions once, whatever its order', () => {
    const permissions = ['control.start', 'file.read'];
    const kept = keptPeopleOf([
      person({ permissions }),
      person({ uuid: 'of-anna', permissions: [...permissions, 'websocket.connect'].toReversed() }),
      person({ uuid: 'of-nobody', permissions: [] }),
    ]);
    expect(kept.rights).toEqual([permissions, []]);
    expect(kept.people?.map(({ rights }) => rights)).toEqual([0, 0, 1]);
    expect(kept.leftOut).toBe(0);
  });

  it('cuts long names, keeps no half of an address, and counts whom it leaves out', () => {
    const many = Array.from({ length: 1000 }, (_, at) =>
      person({ uuid: `p${at}`, name: 'n'.repeat(9000), email: 'e'.repeat(9000) }),
    );
    const { people, leftOut } = keptPeopleOf(many);
    expect(people).toHaveLength(200);
    expect([people?.[0]?.name.length, people?.[0]?.email.length]).toEqual([200, 0]);
    expect(leftOut).toBe(800);
  });

  it('keeps nobody with a part of their permissions', () => {
    const long = (letter: string): string[] =>
      Array.from({ length: 400 }, (_, at) => `${letter.repeat(90)}.p${at}`);
    const { people, rights, leftOut } = keptPeopleOf([
      person({ permissions: long('a') }),
      person({ uuid: 'of-b', permissions: long('b') }),
      person({ uuid: 'of-c' }),
    ]);
    expect(people?.map(({ uuid }) => uuid)).toEqual(['of-sam', 'of-c']);
    expect(rights.map((set) => set.length)).toEqual([400, 1]);
    expect(leftOut).toBe(1);
  });
});
