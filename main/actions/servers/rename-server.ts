import type { HandlerInput } from '../../../bridge/schema/contract.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { PerchError, newProblem, type Problem } from '../../../bridge/errors.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import { sentence } from '../../../messages/messages.js';
import type { PanelApi } from '../../panel/api.js';
import { demand, asked, serverOf, type ServerDeps } from '../deps.js';

/**
 * Changes a server's name and description, with the requests that its panel has for them (`Naming`, PROTOCOL 2.7,
 * 8.3.4).
 *
 * A missing field stays unchanged.
 */
export async function renameServer(
  deps: ServerDeps,
  { serverId, name, description }: HandlerInput<'server.rename'>,
): Promise<void> {
  const { server, watched } = serverOf(deps, serverId);
  const way = server.naming.description;
  if (description !== undefined && way === 'locked') throw new PerchError(locked(deps, server));
  const isApart = description !== undefined && way === 'apart';
  // Check both permissions before the first request, so that no half of the change is sent.
  if (isApart) demand(server, 'settings.description');
  if (name !== undefined || (description !== undefined && !isApart)) {
    const rest = description === undefined || isApart ? {} : { description };
    await asked(deps, serverId, 'settings.rename', async ({ watched: { panel } }) =>
      panel.rename(server.identifier, { name: name ?? (await nameNow(panel, server)), ...rest }),
    );
  }
  try {
    if (isApart) {
      await asked(deps, serverId, 'settings.description', ({ watched: { panel } }) =>
        panel.describe(server.identifier, description),
      );
    }
  } finally {
    // The name may have changed even if the description was refused.
    watched.reread.now();
  }
}

/** The current name, because the request must contain it. Reads it from the panel, where it may have changed. */
async function nameNow(panel: PanelApi, { identifier }: Server): Promise<string> {
  const { name, rawName } = await panel.server(identifier);
  return rawName ?? name;
}

/** The words for the panel's own refusal, which comes if Perch did not know of the lock yet. */
function locked({ store }: ServerDeps, { accountId }: Server): Problem {
  const place = oneLine(store.state.accounts.get(accountId)?.label ?? '', 100);
  const message = sentence('panel.switched-off', { place, what: sentence('panel.what.describe') });
  return newProblem('forbidden', message, sentence('panel.ask-host'));
}
