/** Whether a change of one server is an end that a person should be told of. Pure. */
import type { FleetState } from '../../bridge/changes.js';
import type { Account, Alert, Crash, Server, UnseenEnd } from '../../bridge/domain.js';
import { oneLine } from '../../bridge/plain-line.js';
import { stretchOfTime } from '../../bridge/time-of-day.js';
import { sentence, type Sentence } from '../../words/words.js';

/**
 * An end that lies in a longer stretch is on the row only: the computer has slept, or the panel was out of reach, and
 * what happened hours ago is no alarm.
 */
const longestUnseenMs = 10 * 60_000;

/**
 * A crash is a `crashedAt` that was not there before. A server that comes into view as crashed (at start, or when
 * access is given) is old news. What was seen on a live socket is true whether or not the panel answers. What nobody saw
 * end may have been a crash, so it is told as well, in words that leave it open. `wallOf` = what the system's clock calls
 * a moment.
 */
export function crashAlert(
  previous: FleetState,
  next: FleetState,
  serverId: string,
  wallOf: (at: number) => number,
): Alert | null {
  const before = previous.servers.get(serverId);
  const server = next.servers.get(serverId);
  if (before === undefined || server === undefined || server.crashedAt === null) return null;
  if (server.crashedAt === before.crashedAt) return null;
  const crash = server.crash ?? null;
  if (crash?.unseen !== undefined && crash.unseen.to - crash.unseen.from > longestUnseenMs) return null;
  return {
    kind: crash?.unseen?.what ?? 'crashed',
    serverId,
    at: server.crashedAt,
    title: titleOf(server, crash),
    body: bodyOf(howOf(crash, wallOf), next.accounts.get(server.accountId)),
  };
}

function titleOf({ name }: Server, crash: Crash | null): Sentence {
  const server = oneLine(name, 80);
  if (crash?.unseen === undefined) return sentence('alerts.crashed', { server });
  return sentence(crash.unseen.what === 'offline' ? 'alerts.went-offline' : 'alerts.restarted', { server });
}

function bodyOf(how: Sentence, account: Account | undefined): Sentence {
  return account === undefined ? how : sentence('alerts.where', { panel: oneLine(account.label, 80), how });
}

function howOf(crash: Crash | null, wallOf: (at: number) => number): Sentence {
  if (crash?.unseen !== undefined) return unseen(crash.unseen, wallOf);
  if (crash?.outOfMemory === true) return sentence('alerts.out-of-memory');
  const exitCode = crash?.exitCode ?? null;
  if (exitCode !== null) return sentence('alerts.exit-code', { code: exitCode });
  return sentence('alerts.ended');
}

function unseen({ what, from, to }: UnseenEnd, wallOf: (at: number) => number): Sentence {
  return sentence(`alerts.unseen-${what}`, stretchOfTime(wallOf(from), wallOf(to)));
}
