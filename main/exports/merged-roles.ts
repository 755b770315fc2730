/** Roles of a settings file (`ownRoles`), merged with those of this computer. */
import { oneLine } from '../../bridge/console/plain-line.js';
import { areSameRights } from '../../bridge/people/rights.js';
import type { OwnRole } from '../../bridge/people/roles.js';
import { givenPermissionsSchema } from '../../bridge/schema/people.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { mostKept } from '../../bridge/settings/settings-limits.js';
import { sentence, type Sentence } from '../../messages/messages.js';

type Roles = Settings['ownRoles'];

const longestName = 60;
/** Number of roles that the preview names. */
const mostShown = 20;
const permissionId = givenPermissionsSchema.unwrap().element;

/**
 * Adds the roles of the file. A role that is here with the same name and permissions is left out; one with another
 * meaning gets a number behind its name, because a list shows a role by its name alone.
 */
export function mergedRoles(now: Roles, wanted: Roles, newId: () => string): { all: Roles; added: Roles } {
  const added: Roles[number][] = [];
  for (const role of wanted) {
    const name = oneLine(role.name, longestName).trim();
    const permissions = role.permissions.filter((id) => permissionId.safeParse(id).success);
    if (name === '' || permissions.length === 0) continue;
    const present = [...now, ...added];
    if (present.length >= mostKept.ownRoles) break;
    if (present.some((one) => isNamedAlike(one, name) && areSameRights(one.permissions, permissions)))
      continue;
    added.push({ id: newId(), name: freeName(name, present), permissions });
  }
  return { all: [...now, ...added], added };
}

export function shownRoles(added: readonly OwnRole[]): Sentence[] {
  const shown = added
    .slice(0, mostShown)
    .map(({ name, permissions }) => sentence('exports.role', { name, count: permissions.length }));
  const rest = added.length - shown.length;
  return rest > 0 ? [...shown, sentence('exports.roles', { count: rest })] : shown;
}

/** Whether the name is the role's, or the role's without the number that an import put behind it. */
function isNamedAlike(role: OwnRole, name: string): boolean {
  return role.name === name || role.name.replace(/ \d+$/, '') === name;
}

function freeName(name: string, present: readonly OwnRole[]): string {
  const isTaken = (wished: string): boolean => present.some((one) => one.name === wished);
  // A cut must not leave half a character.
  const short = name.slice(0, longestName - 4).replace(/[\ud800-\udbff]$/, '');
  let wished = name;
  for (let number = 2; isTaken(wished); number += 1) wished = `${short} ${number}`;
  return wished;
}
