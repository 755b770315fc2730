import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { RemoteOutput } from '../../bridge/schema/remote.js';
import { say, sentence } from '../../messages/messages.js';
import { withYes } from '../ask-yes.js';
import { printJson, type Command } from './command.js';

/** Sends a message to the players of servers. */
export const saying: Command = async ({ perch, args: [text = '', ...names], options, terminal }) => {
  const group = options['group'];
  const isAll = options['all'] === true;
  if (names.length === 0 && group === undefined && !isAll)
    throw new RemoteError({
      cause: 'usage',
      message: say('command-line.missing-argument', { argument: 'NAME' }),
      next: say('command-line.see-help', { command: 'perch say --help' }),
    });
  const wanted = {
    text,
    names,
    group: typeof group === 'string' ? group : null,
    isAll,
    evenEmpty: options['even-empty'] === true,
  };
  const { results } = await withYes(terminal, options['yes'] === true, (isAgreed) =>
    perch.ask('broadcast', { ...wanted, isAgreed }),
  );
  if (options['json'] === true) printJson(terminal, { results });
  else terminal.out(results.map((result) => `${lineOf(result)}\n`).join(''));
  const count = results.filter((result) => hasFailed(result, names.length > 0)).length;
  if (count > 0)
    throw new RemoteError(newFailure('failed', sentence('command-line.some-failed', { count }), null));
};

type Result = RemoteOutput<'broadcast'>['results'][number];

/** Of a group or of all, servers are left out as announced; a server that was named should get the message. */
function hasFailed({ outcome }: Result, isNamed: boolean): boolean {
  if (outcome === 'skipped') return isNamed;
  return outcome === 'failed' || outcome === 'unknown' || outcome === 'cancelled';
}

function lineOf({ server, outcome, problem, line }: Result): string {
  const said =
    outcome === 'sent'
      ? say('command-line.say-unconfirmed')
      : outcome === 'done'
        ? say('command-line.say-sent')
        : say(`command-line.outcome-${outcome}`);
  const why = problem ?? (outcome === 'failed' ? line : null);
  return why === null ? `${server.name}: ${said}` : `${server.name}: ${said} (${why})`;
}
