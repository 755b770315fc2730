/** What a panel says about a server, fitted into what is known of it. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { Server } from '../../../bridge/schema/domain.js';
import type { PanelServer } from '../../panel/api.js';
import { serverId } from '../server-id.js';
import { untold } from '../untold.js';

/** The server as it is now known: facts from the panel, live state as before. The same object where nothing changed. */
export function withFacts(accountId: string, facts: PanelServer, known: Server | undefined): Server {
  const { uuid, identifier, name, description, node, isOwner, condition } = facts;
  const { limits, allocations, sftp, dockerImage, naming } = facts;
  const next: Server = {
    ...(known ?? untold),
    id: serverId(accountId, uuid),
    accountId,
    uuid,
    identifier,
    name,
    description,
    node,
    isOwner,
    condition,
    limits,
    allocations,
    sftp,
    dockerImage,
    game: gameIn(facts, known),
    naming,
    permissions: permissionsOf(facts, known),
  };
  return known !== undefined && isDeepStrictEqual(known, next) ? known : next;
}

/** The list names the egg, a server that is read alone has what it is started with: no guess takes the place of a name. */
function gameIn({ game, isEggNamed }: PanelServer, known: Server | undefined): Server['game'] {
  return isEggNamed ? game : (known?.game ?? game);
}

/** The list never names permissions (PROTOCOL D13), but an owner has them all (PROTOCOL 2.2). */
function permissionsOf(facts: PanelServer, known: Server | undefined): string[] | null {
  return facts.permissions ?? known?.permissions ?? (facts.isOwner ? ['*'] : null);
}
