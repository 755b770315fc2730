import type { Startup } from '../../../bridge/schema/startup.js';
import { PerchError, toProblem, newProblem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';
import type { ChangedVariable } from '../../panel/api.js';
import { asked, type ServerDeps } from '../deps.js';

/**
 * Startup variables of servers.
 *
 * A change needs one request if the panel's answer is complete. Panels limit requests (PROTOCOL 3.4).
 */
export function createStartups(deps: ServerDeps) {
  /** The startup that was last read or changed, for a series of changes. */
  let last: { readonly serverId: string; readonly startup: Startup } | null = null;

  async function read(serverId: string): Promise<Startup> {
    const startup = await asked(deps, serverId, 'startup.read', ({ server, watched }) =>
      watched.panel.startup(server.identifier, server.dockerImage),
    );
    last = { serverId, startup };
    return startup;
  }

  /** Sets one variable. Returns the whole startup, because the rendered command depends on all variables (D21). */
  async function setVariable(serverId: string, key: string, value: string): Promise<Startup> {
    const changed = await asked(deps, serverId, 'startup.update', ({ server, watched }) =>
      watched.panel.setVariable(server.identifier, key, value),
    );
    const known = last?.serverId === serverId ? withChange(last.startup, changed) : null;
    if (known !== null) {
      last = { serverId, startup: known };
      return known;
    }
    try {
      return await read(serverId);
    } catch (error) {
      // `maybeDone`: the change was saved, so it must not be sent again.
      const { code, next } = toProblem(error);
      const message = sentence('actions.saved-unread', { variable: key });
      throw new PerchError({ ...newProblem(code, message, next), maybeDone: true }, { cause: error });
    }
  }

  return { read, setVariable };
}

/** The startup with the change; null if the answer is incomplete. */
function withChange(startup: Startup, { variable, commands }: ChangedVariable): Startup | null {
  const isChanged = ({ envVariable }: { envVariable: string }): boolean =>
    envVariable === variable.envVariable;
  if (commands === null || !startup.variables.some(isChanged)) return null;
  const variables = startup.variables.map((known) => (isChanged(known) ? variable : known));
  return { ...startup, ...commands, variables };
}
