/** Export of who may do what: a line for each access, and a line for each server with people whom nobody knows. Pure. */
import { say } from '../../../messages/messages.js';
import { csvOf } from '../events/event-export.js';
import type { RightsShown } from './matrix-words.js';
import { accessIn, type MatrixColumn, type MatrixPerson } from './people-matrix.js';

const head = [
  'panel',
  'server',
  'person',
  'email',
  'factors',
  'role',
  'more',
  'less',
  'permissions',
  'unknown',
] as const;

export function exportedMatrix(
  columns: readonly MatrixColumn[],
  people: readonly MatrixPerson[],
  wordsOf: (column: MatrixColumn, rights: readonly string[]) => RightsShown,
): string {
  const wanted = new Map(people.map((person, order) => [person.key, { person, order }]));
  const rows = columns.flatMap((column) => {
    const place = [column.account?.label ?? '', column.server.name];
    const unknown = (why: string): string[] => [...place, '', '', '', '', '', '', '', why];
    if (column.list === null) return [unknown(column.why ?? '')];
    // From the list of each server: to ask each server for everybody would take minutes in a large fleet.
    const lines = accessIn(column)
      .flatMap(([key, rights]) => {
        const found = wanted.get(key);
        return found === undefined ? [] : [{ ...found, rights }];
      })
      .toSorted((one, other) => one.order - other.order)
      .map(({ person: { name, email, hasTwoFactor }, rights }) => {
        const { words, more, less } = wordsOf(column, rights);
        const differing = [more.join(' '), less.join(' ')];
        return [...place, name, email, hasTwoFactor ? '2' : '1', words, ...differing, rights.join(' '), ''];
      });
    const { leftOut } = column.list;
    return leftOut === 0 ? lines : [...lines, unknown(say('people.matrix-left-out', { count: leftOut }))];
  });
  return csvOf(head, rows);
}
