import { plainLog } from '../../bridge/console/plain-line.js';
import { knownPrivate } from '../../bridge/redaction/known-private.js';
import { privateFinds } from '../../bridge/redaction/private-finds.js';
import { usualKinds } from '../../bridge/redaction/private-kinds.js';
import { redact, textOf } from '../../bridge/redaction/redact.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { SharedLog } from '../../bridge/schema/sharing.js';
import { logServiceHost } from '../../bridge/settings/log-service.js';
import { say, sentence } from '../../messages/messages.js';
import type { Call, RemoteHandlers } from './call.js';
import { stillWanted } from './call.js';
import type { ConsoleReads, LogsDeps } from './logs.js';
import { settledServer } from './named-servers.js';

export interface ShareDeps extends LogsDeps {
  readonly settings: { readonly current: Pick<Settings, 'logService'> };
  readonly sharing: {
    send(log: {
      readonly serverId: string;
      readonly title: string;
      readonly text: string;
      readonly service: string;
    }): Promise<SharedLog>;
  };
}

/** A text that a person has seen, until Perch makes another text. */
interface Prepared {
  readonly id: number;
  readonly serverId: string;
  readonly text: string;
  readonly service: string;
}

/**
 * The handlers that share a log from a terminal: the first makes the text, the second sends the shown text. Refused for
 * programs, because a person has to read the text before it leaves the computer.
 */
export function logSharing(
  deps: ShareDeps,
  open: ConsoleReads,
): Pick<RemoteHandlers, 'redactLog' | 'shareLog'> {
  let prepared: Prepared | null = null;
  return {
    redactLog: async ({ name, lines: most }, call) => {
      demandPerson(call);
      const server = await settledServer(deps, name);
      const reader = open(server.id);
      try {
        const [startup, past] = await Promise.all([
          deps.actions['startup.read']({ serverId: server.id }).catch(() => null),
          reader.past(call.ended),
        ]);
        const lines = plainLog(past.map(({ text }) => text).join('\n'))
          .trimEnd()
          .split('\n');
        const whole = lines.slice(-most).join('\n');
        const { accounts, servers } = deps.store.state;
        const known = knownPrivate(server, accounts.get(server.accountId), [...servers.values()], startup);
        const parts = redact(whole, privateFinds(whole, known), usualKinds);
        const text = textOf(parts);
        const service = deps.settings.current.logService;
        prepared = { id: (prepared?.id ?? 0) + 1, serverId: server.id, text, service };
        return {
          id: prepared.id,
          text,
          host: logServiceHost(service),
          replaced: parts.filter(({ replaced }) => replaced !== null).length,
          isStartupRead: startup !== null,
        };
      } finally {
        reader.end();
      }
    },
    shareLog: async ({ id }, call) => {
      demandPerson(call);
      if (prepared?.id !== id) throw new RemoteError(newFailure('failed', sentence('sharing.changed')));
      const { serverId, text, service } = prepared;
      stillWanted(call);
      const { url, token } = await deps.sharing.send({
        serverId,
        title: say('console.title'),
        text,
        service,
      });
      return { url, canDelete: token !== 'none' };
    },
  };
}

function demandPerson({ client }: Pick<Call<'shareLog'>, 'client'>): void {
  if (client.kind === 'program')
    throw new RemoteError(newFailure('refused', sentence('sharing.not-for-programs')));
}
