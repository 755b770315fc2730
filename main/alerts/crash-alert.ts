/** Whether a change of one server is a crash that a person should be told of. Pure. */
import type { FleetState } from '../../bridge/changes.js';
import type { Account, Alert, Crash, Server } from '../../bridge/domain.js';
import type { ProblemCode } from '../../bridge/errors.js';

/** A panel that does not answer takes its servers with it as far as anyone can tell: its one problem is told, not theirs. */
const unreachable: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'panel-unreachable',
  'timeout',
  'offline',
]);

/**
 * A crash is a `crashedAt` that was not there before. A server that comes into view as crashed (at start, or when
 * access is given) is old news.
 */
export function crashAlert(previous: FleetState, next: FleetState, serverId: string): Alert | null {
  const before = previous.servers.get(serverId);
  const server = next.servers.get(serverId);
  if (before === undefined || server === undefined || server.crashedAt === null) return null;
  if (server.crashedAt === before.crashedAt) return null;
  const account = next.accounts.get(server.accountId);
  if (account?.state.kind === 'failed' && unreachable.has(account.state.problem.code)) return null;
  return {
    kind: 'crashed',
    serverId,
    at: server.crashedAt,
    title: `${oneLine(server.name, 80)} crashed`,
    body: bodyOf(server, account),
  };
}

function bodyOf(server: Server, account: Account | undefined): string {
  const how = howOf(server.crash ?? null);
  return account === undefined ? how : `${oneLine(account.label, 80)}: ${how}`;
}

function howOf(crash: Crash | null): string {
  if (crash?.outOfMemory === true) return 'It ran out of memory.';
  const exitCode = crash?.exitCode ?? null;
  if (exitCode !== null) return `Its process ended with exit code ${exitCode}.`;
  return 'Its process ended unexpectedly.';
}

/** Names come from the panel: no line breaks, controls or changes of writing direction in a notification. */
function oneLine(text: string, max: number): string {
  const plain = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
  const characters = [...plain];
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : plain;
}
