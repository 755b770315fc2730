import type { Actions } from '../actions/actions.js';
import type { Clock } from '../base/ports.js';
import { secretsHidden } from './without-secrets.js';

export interface HiderDeps {
  readonly clock: Clock;
  readonly actions: Pick<Actions, 'startup.read'>;
}

const knownWithinMs = 8_000;
/** A container prints its whole start command first, behind one of these prompts, and behind that what it has of colour. */
const startLine =
  // eslint-disable-next-line no-control-regex -- escape sequences of terminals
  /^((?:\u001b\[[\d;]*m|\s)*(?:container@\w+~|:\/home\/container\$)(?:\u001b\[[\d;]*m|\s)*)\S.*$/s;

/**
 * For programs: takes out of a console what `startup` does not show them, for a container prints its start command with
 * every variable in it. Where the startup can't be read the whole of such a command is left out. Never rejects.
 */
export async function hiderFor(deps: HiderDeps, serverId: string): Promise<(text: string) => string> {
  const { actions, clock } = deps;
  return new Promise((resolve) => {
    const withoutCommand = (text: string): string => text.replace(startLine, '$1***');
    const cancel = clock.after(knownWithinMs, () => resolve(withoutCommand));
    actions['startup.read']({ serverId })
      .then(secretsHidden, () => withoutCommand)
      .then((hide) => {
        cancel();
        resolve(hide);
      }, cancel);
  });
}
