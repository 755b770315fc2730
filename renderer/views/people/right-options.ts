import { permissionWords } from '../../../bridge/panel/permission-words.js';
import { isAlwaysGiven } from '../../../bridge/people/rights.js';
import type { PermissionGroup } from '../../../bridge/schema/permission-groups.js';
import { say } from '../../../messages/messages.js';
import { inTextOrder } from '../../ui/text/in-text-order.js';

/** Permissions to filter by, each once, in the order of their words. */
export function rightOptions(groups: readonly PermissionGroup[]): { value: string; label: string }[] {
  const all = groups.flatMap(({ permissions }) => permissions).filter(({ id }) => !isAlwaysGiven(id));
  const listed = new Map(all.map(({ id, description }) => [id, permissionWords(id, description)] as const));
  return [
    { value: '', label: say('people.matrix-any-right') },
    ...inTextOrder([...listed], ([, words]) => words).map(([value, label]) => ({ value, label })),
  ];
}
