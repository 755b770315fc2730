import type { HandlerInput } from '../../../bridge/schema/contract.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { PerchError } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';
import type { PanelApi } from '../../panel/api.js';
import { demand, asked, serverOf, type ServerDeps } from '../deps.js';

/**
 * Changes name and description, of which what is left out stays, by the way that this panel has for it (`Naming`,
 * PROTOCOL 2.7, 8.3.4).
 */
export async function renameServer(
  deps: ServerDeps,
  { serverId, name, description }: HandlerInput<'server.rename'>,
): Promise<void> {
  const { server, watched } = serverOf(deps, serverId);
  const way = server.naming.description;
  if (description !== undefined && way === 'locked') throw new PerchError(locked);
  const isApart = description !== undefined && way === 'apart';
  // Checked before anything is sent: half of a change is worse than none.
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
    // The name may have changed although the description was refused.
    watched.factsAsked();
  }
}

/** What stays has to be sent as well. It is read anew, because somebody may have changed it on the panel meanwhile. */
async function nameNow(panel: PanelApi, { identifier }: Server): Promise<string> {
  const { name, rawName } = await panel.server(identifier);
  return rawName ?? name;
}

const locked = {
  code: 'forbidden',
  message: sentence('actions.descriptions-locked'),
  next: sentence('panel.ask-host'),
} as const;
