import { mostKept } from '../../../bridge/settings/settings-limits.js';

/**
 * The commands of servers for messages to all players, with this server's command; the usual command is not kept. Drops
 * the oldest commands when the list is full.
 */
export function keptCommands(
  commands: Readonly<Record<string, string>>,
  { serverId, command, usual }: { serverId: string; command: string; usual: string | null },
): Record<string, string> {
  const others = Object.entries(commands).filter(([id]) => id !== serverId);
  const own: readonly [string, string][] = command === usual ? [] : [[serverId, command]];
  return Object.fromEntries([...others.slice(-(mostKept.warningCommands - 1)), ...own]);
}
