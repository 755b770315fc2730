import { randomUUID } from 'node:crypto';
import type { CallTable } from '../base/calls.js';
import { exportsOnCall } from '../exports/exports-on-call.js';
import type { RuleBook } from '../rules/rule-book.js';
import type { FleetModules } from './fleet-modules.js';
import type { Shared } from './shared.js';

export interface ExportModulesDeps extends Shared, Pick<FleetModules, 'fleet' | 'book'> {
  readonly ruleBook: Pick<RuleBook, 'find'>;
}

/** Builds export and import. */
export function exportModules({ store, disk, fleet, book, ruleBook }: ExportModulesDeps) {
  const { settings } = disk;
  const exports = exportsOnCall({
    settings,
    book,
    fleet,
    newId: randomUUID,
    ruleOf: (id) => ruleBook.find(id),
    places: () => ({
      records: book.all,
      groups: settings.current.groups,
      hasServer: (id) => store.state.servers.has(id),
    }),
  });
  return { exports, calls: { 'exports.apply': () => exports.apply() } satisfies CallTable };
}
