/** Whether a change of one server is a crash that a person should be told of. Pure. */
import type { FleetState } from '../../bridge/changes.js';
import type { Account, Alert, Crash, Server } from '../../bridge/domain.js';
import { oneLine } from '../../bridge/plain-line.js';
import { sentence, type Sentence } from '../../words/words.js';

/**
 * A crash is a `crashedAt` that was not there before. A server that comes into view as crashed (at start, or when
 * access is given) is old news. It comes from a live socket with the node, so it is true whether or not the panel answers.
 */
export function crashAlert(previous: FleetState, next: FleetState, serverId: string): Alert | null {
  const before = previous.servers.get(serverId);
  const server = next.servers.get(serverId);
  if (before === undefined || server === undefined || server.crashedAt === null) return null;
  if (server.crashedAt === before.crashedAt) return null;
  const account = next.accounts.get(server.accountId);
  return {
    kind: 'crashed',
    serverId,
    at: server.crashedAt,
    title: sentence('alerts.crashed', { server: oneLine(server.name, 80) }),
    body: bodyOf(server, account),
  };
}

function bodyOf(server: Server, account: Account | undefined): Sentence {
  const how = howOf(server.crash ?? null);
  return account === undefined ? how : sentence('alerts.where', { panel: oneLine(account.label, 80), how });
}

function howOf(crash: Crash | null): Sentence {
  if (crash?.outOfMemory === true) return sentence('alerts.out-of-memory');
  const exitCode = crash?.exitCode ?? null;
  if (exitCode !== null) return sentence('alerts.exit-code', { code: exitCode });
  return sentence('alerts.ended');
}
