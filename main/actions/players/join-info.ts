import { oneLine } from '../../../bridge/console/plain-line.js';
import { isGranted } from '../../../bridge/panel/permissions.js';
import type { Game } from '../../../bridge/panel/games.js';
import type { Server } from '../../../bridge/schema/domain.js';
import type { JoinInfo } from '../../../bridge/schema/join-info.js';
import type { QueryWire } from '../../base/query-ports.js';
import { asked, serverOf, type ServerDeps } from '../deps.js';

export interface JoinInfoDeps extends ServerDeps {
  readonly wire: Pick<QueryWire, 'minecraftService'>;
}

/** Games whose players follow SRV records. */
const followRecords: ReadonlySet<Game | null | undefined> = new Set<Game>(['minecraft', 'proxy']);
const hasProperties: ReadonlySet<Game | null | undefined> = new Set<Game>(['minecraft', 'bedrock']);

/** Where players of a server arrive. What cannot be found out is null. */
export async function joinInfo(deps: JoinInfoDeps, serverId: string): Promise<JoinInfo> {
  const { server } = serverOf(deps, serverId);
  const [service, settings] = await Promise.all([serviceOf(deps, server), settingsOf(deps, server)]);
  return { service, settings };
}

async function serviceOf(
  { wire }: JoinInfoDeps,
  { game, allocations }: Server,
): Promise<JoinInfo['service']> {
  const [typed] = allocations;
  if (typed === undefined || !followRecords.has(game)) return null;
  // A panel may hold any text instead of a name.
  const found = await wire.minecraftService(typed.alias ?? typed.ip).catch(() => null);
  return found && { host: oneLine(found.host, 253), port: found.port };
}

async function settingsOf(deps: JoinInfoDeps, server: Server): Promise<JoinInfo['settings']> {
  const { id, game, reach, permissions } = server;
  if (reach?.kind !== 'silent' || !hasProperties.has(game)) return null;
  if (!isGranted(permissions, 'file.read-content')) return null;
  try {
    const bytes = await asked(deps, id, 'file.read-content', ({ watched: { panel } }) =>
      panel.fileContents(server.identifier, '/server.properties'),
    );
    return readProperties(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** The value of a key. Java takes the last line of several. */
function valueOf(text: string, key: string): string | undefined {
  const lines = text.matchAll(new RegExp(`^[ \\t]*${key}[ \\t]*[=:][ \\t]*(\\S*)[ \\t\\r]*$`, 'gm'));
  return [...lines].at(-1)?.[1];
}

function readProperties(text: string): JoinInfo['settings'] {
  const typed = valueOf(text, 'server-port') ?? '';
  const port = /^\d{1,5}$/.test(typed) ? Number(typed) : 0;
  return {
    port: port > 0 && port < 65_536 ? port : null,
    isStatusOff: valueOf(text, 'enable-status')?.toLowerCase() === 'false',
  };
}
