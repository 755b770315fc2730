/** Whether a change of groups lets rules of the user act on more servers. */
import type { HandlerInput } from '../../bridge/schema/contract.js';
import type { Known } from './known-names.js';

/** Whether a group of a rule gets a server: the rule then acts on this server, and nobody agreed to that. */
export function givesRules(
  { groups = [] }: HandlerInput<'settings.update'>,
  { settings, rules }: Known,
): boolean {
  return groups.some(({ id, serverIds }) => {
    if (!rules.some(({ target }) => target.kind === 'group' && target.groupId === id)) return false;
    const before = settings.groups.find((one) => one.id === id)?.serverIds ?? [];
    return serverIds.some((serverId) => !before.includes(serverId));
  });
}
