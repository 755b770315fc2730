/** Export of who may do what: a line for each access, and one for each server of which nobody knows the people. Pure. */
import { csvOf } from '../events/event-export.js';
import type { RightsShown } from './matrix-words.js';
import { cellOf, type MatrixColumn, type MatrixPerson } from './people-matrix.js';

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
  const rows = columns.flatMap((column) => {
    const place = [column.account?.label ?? '', column.server.name];
    if (column.told === null) return [[...place, '', '', '', '', '', '', '', column.why ?? '']];
    return people.flatMap(({ key, name, email, hasTwoFactor }) => {
      const cell = cellOf(column, key);
      if (cell.kind === 'none') return [];
      const person = [...place, name, email, hasTwoFactor ? '2' : '1'];
      if (cell.kind === 'unknown') return [[...person, '', '', '', '', cell.why]];
      const { words, more, less } = wordsOf(column, cell.rights);
      return [[...person, words, more.join(' '), less.join(' '), cell.rights.join(' '), '']];
    });
  });
  return csvOf(head, rows);
}
