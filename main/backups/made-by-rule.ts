/** Which backups Perch made by a rule. Pure, on the application memory. */
import type { Backup } from '../../bridge/schema/backups.js';
import type { Memory } from '../../bridge/schema/memory.js';
import { mostKept } from '../../bridge/settings/settings-limits.js';

type MadeByRule = Memory['madeByRule'];

/** With a new backup. Of too many, the oldest are forgotten: they then count as made by hand. */
export function withMade(now: MadeByRule, serverId: string, id: string): MadeByRule {
  const others = now.filter((each) => each.serverId !== serverId);
  const ids = [...madeByRuleFor(now, serverId), id].slice(-mostKept.madeByRule);
  return [...others, { serverId, ids }].slice(-mostKept.madeByRuleServers);
}

/** Without the backups that the server no longer has; null if there are none. */
export function onlyExisting(
  now: MadeByRule,
  serverId: string,
  backups: readonly Pick<Backup, 'id'>[],
): MadeByRule | null {
  const known = madeByRuleFor(now, serverId);
  const ids = known.filter((id) => backups.some((backup) => backup.id === id));
  if (ids.length === known.length) return null;
  const others = now.filter((each) => each.serverId !== serverId);
  return ids.length === 0 ? others : [...others, { serverId, ids }];
}

/** Ids of the server's backups that Perch made by a rule. */
export function madeByRuleFor(now: MadeByRule, serverId: string): readonly string[] {
  return now.find((each) => each.serverId === serverId)?.ids ?? [];
}
