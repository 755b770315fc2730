import { expect, it } from 'vitest';
import { keptPeopleOf } from '../../../bridge/people/kept-people.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import '../../../tests/support/every-area.js';
import { exportedMatrix } from './matrix-export.js';
import { everybodyOf, type MatrixColumn } from './people-matrix.js';

const person = (name: string, ...permissions: string[]) => ({
  uuid: `of-${name}`,
  name,
  email: `${name}@example.com`,
  hasTwoFactor: false,
  permissions,
});

function column(name: string, people: readonly ReturnType<typeof person>[], leftOut = 0): MatrixColumn {
  const server = aServer({ id: `home/${name}`, uuid: name, name });
  const list = { serverId: server.id, readAt: 0, ...keptPeopleOf(people), leftOut, problem: null };
  return { server, account: anAccount(), list, why: null, isWaiting: false, isRefused: false };
}

const exported = (columns: readonly MatrixColumn[]): string[] =>
  exportedMatrix(columns, everybodyOf(columns), (_column, rights) => ({
    words: `${rights.length} permissions`,
    more: [],
    less: [],
    differences: [],
  }))
    .trim()
    .split('\r\n')
    .slice(1);

it('has a line for each access, in the order of the people', () => {
  const both = [person('sam', 'file.read'), person('anna', 'control.start', 'file.read')];
  const label = anAccount().label;
  expect(exported([column('Arena', both), column('Mine', [person('sam', 'file.read')])])).toEqual([
    `${label},Arena,anna,anna@example.com,1,2 permissions,,,control.start file.read,`,
    `${label},Arena,sam,sam@example.com,1,1 permissions,,,file.read,`,
    `${label},Mine,sam,sam@example.com,1,1 permissions,,,file.read,`,
  ]);
});

it('has a line for a list that is too long, and none for each person who may be missing there', () => {
  const many = Array.from({ length: 50 }, (_, at) => person(`p${at}`, 'file.read'));
  const lines = exported([column('Arena', many), column('Mine', [person('sam', 'file.read')], 3)]);
  expect(lines).toHaveLength(52);
  expect(lines.at(-1)).toMatch(/,Mine,,,,,,,,.*3 people/);
});
