import type { PowerSignal } from '../../bridge/schema/domain.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { RemoteOutput } from '../../bridge/schema/remote.js';
import type { RemoteState } from '../../bridge/schema/remote-entities.js';
import { say, sentence } from '../../messages/messages.js';
import { withYes } from '../ask-yes.js';
import { printJson, type Command } from './command.js';

export function power(signal: PowerSignal): Command {
  return async ({ perch, args, options, terminal }) => {
    const { results } = await withYes(terminal, options['yes'] === true, (isAgreed) =>
      perch.ask('power', { names: [...args], signal, isAgreed }),
    );
    if (options['json'] === true) printJson(terminal, { results });
    else terminal.out(results.map((result) => `${lineOf(signal, result)}\n`).join(''));
    const count = results.filter((result) => hasFailed(signal, result)).length;
    if (count > 0)
      throw new RemoteError(newFailure('failed', sentence('command-line.some-failed', { count }), null));
  };
}

type Result = RemoteOutput<'power'>['results'][number];

/** States in which a server does not need the signal, because it has reached the goal. */
const aims: Readonly<Record<PowerSignal, readonly RemoteState[]>> = {
  start: ['running', 'starting'],
  stop: ['offline', 'stopping', 'crashed'],
  // A restart of several servers skips those that do not run.
  restart: ['offline', 'crashed'],
  kill: ['offline', 'crashed'],
};

/** Whether the command must fail for this result. */
export function hasFailed(
  signal: PowerSignal,
  { outcome, server }: { outcome: Result['outcome']; server: Pick<Result['server'], 'state'> },
): boolean {
  if (outcome === 'skipped') return !aims[signal].includes(server.state);
  return outcome === 'failed' || outcome === 'unknown' || outcome === 'cancelled';
}

function lineOf(signal: PowerSignal, { server, outcome, problem }: Result): string {
  const said = say(`command-line.outcome-${outcome}`, { signal });
  return problem === null ? `${server.name}: ${said}` : `${server.name}: ${said} (${problem})`;
}
