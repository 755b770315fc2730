/** Merges a panel's description of a server into the known server. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { Server } from '../../../bridge/schema/domain.js';
import type { PanelServer } from '../../panel/api.js';
import { serverId } from '../server-id.js';
import { noLiveState } from '../no-live-state.js';

/** The new server: description from the panel, live state as before. Returns `known` itself if nothing changed. */
export function withFacts(accountId: string, facts: PanelServer, known: Server | undefined): Server {
  const { uuid, identifier, name, description, node, isOwner, condition } = facts;
  const { limits, sftp, dockerImage, naming } = facts;
  const next: Server = {
    ...(known ?? noLiveState),
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
    allocations: facts.allocations ?? known?.allocations ?? [],
    sftp,
    dockerImage,
    game: gameIn(facts, known),
    egg: facts.egg ?? known?.egg ?? null,
    features: facts.features,
    internalId: facts.internalId,
    queryPort: facts.queryPort ?? null,
    naming,
    permissions: permissionsOf(facts, known),
  };
  return known !== undefined && isDeepStrictEqual(known, next) ? known : next;
}

/** The list has the egg's name; a single server has only its startup command. A guess never replaces a named egg. */
function gameIn({ game, isEggNamed }: PanelServer, known: Server | undefined): Server['game'] {
  return isEggNamed ? game : (known?.game ?? game);
}

/**
 * The list never has permissions (PROTOCOL D13). An owner has them all (PROTOCOL 2.2), also those that the names of the
 * panel lack. A former owner loses the owner's permissions.
 */
function permissionsOf(facts: PanelServer, known: Server | undefined): string[] | null {
  const before = known?.permissions ?? null;
  // Permissions from a newer token stay.
  const wereOwners = known?.isOwner === true && !facts.isOwner && before?.includes('*') === true;
  const told = facts.permissions ?? (wereOwners ? null : before);
  if (!facts.isOwner || told?.includes('*')) return told;
  return [...(told ?? []), '*'];
}
