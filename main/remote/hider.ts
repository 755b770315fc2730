import type { Startup } from '../../bridge/schema/startup.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import { say, sentence } from '../../messages/messages.js';
import type { Actions } from '../actions/actions.js';
import { inTime } from '../base/in-time.js';
import type { Clock } from '../base/ports.js';
import { toFailure } from './failures.js';
import { secretsHidden, type HideSecrets } from './without-secrets.js';

export interface HiderDeps {
  readonly clock: Clock;
  readonly actions: Pick<Actions, 'startup.read'>;
}

const knownWithinMs = 8_000;
/** The container's first line: a prompt and the whole start command. */
const startLine = /^(\s*(?:container@\w+~|:\/home\/container\$)\s*)\S.*$/s;
/** Placeholder in the start command for a variable that only administrators may see (PROTOCOL 2.10.1). */
const unseenVariable = '[hidden]';

/**
 * For programs: returns a function that hides secret startup values in the lines of a console, in their order.
 *
 * A container prints its start command with all variables. Rejects with `refused` if the startup cannot be read,
 * because then the secrets are unknown.
 */
export async function hiderFor(deps: HiderDeps, serverId: string): Promise<HideSecrets> {
  const { actions, clock } = deps;
  const hider = actions['startup.read']({ serverId })
    .then(hiderOf)
    .catch((error: unknown) => {
      throw unknown(toFailure(error).message);
    });
  return inTime(clock, knownWithinMs, hider, () => unknown(say('remote.startup-late')));
}

function hiderOf(startup: Startup): HideSecrets {
  const hide = secretsHidden(startup, { areLines: true });
  if (!startup.command.includes(unseenVariable)) return hide;
  return (text, source) => hide(text, source).replace(startLine, '$1***');
}

function unknown(why: string): RemoteError {
  return new RemoteError(newFailure('refused', sentence('remote.secrets-unknown', { why })));
}
