import type { HandlerOutput } from '../../../bridge/schema/contract.js';
import type { PlayerList } from '../../../bridge/schema/player-verbs.js';
import { newProblem, toProblem } from '../../../bridge/errors.js';
import { lastPart } from '../../../bridge/files/file-paths.js';
import { sentence } from '../../../messages/messages.js';
import { asked, demand, serverOf, type ServerDeps } from '../deps.js';
import { listEntries, listFiles, type ListFile } from './list-files.js';

/** Reads the lists of players that the game keeps in its files. Rejects with `PerchError` if no file may be read. */
export async function readPlayerLists(
  deps: ServerDeps,
  serverId: string,
): Promise<HandlerOutput<'players.lists'>> {
  const { server } = serverOf(deps, serverId);
  const files = listFiles(server.game);
  if (files.length === 0) return { lists: [] };
  demand(server, 'file.read-content');
  const there = await namesInRoot(deps, serverId);
  const lists: PlayerList[] = [];
  // One file after the other, so that opening the tab sends no burst of requests.
  for (const file of files) {
    const isMissing = there !== null && !there.has(lastPart(file.path));
    // A game writes the file with its first entry.
    lists.push(isMissing ? emptyList(file) : await readList(deps, serverId, file));
  }
  return { lists };
}

/**
 * Names of the files in the server's folder; null if the folder can't be read. Most nodes give the same answer for a
 * missing file and for an unreadable file (PROTOCOL 2.17.4).
 */
async function namesInRoot(deps: ServerDeps, serverId: string): Promise<ReadonlySet<string> | null> {
  try {
    const files = await asked(deps, serverId, 'file.read', ({ server, watched: { panel } }) =>
      panel.files(server.identifier, '/'),
    );
    return new Set(files.map(({ name }) => name));
  } catch {
    return null;
  }
}

function emptyList({ kind, path }: ListFile): PlayerList {
  return { kind, path, entries: [], total: 0, problem: null };
}

async function readList(deps: ServerDeps, serverId: string, { kind, path }: ListFile): Promise<PlayerList> {
  const list = { kind, path, total: 0, problem: null };
  try {
    const bytes = await asked(deps, serverId, 'file.read-content', ({ server, watched: { panel } }) =>
      panel.fileContents(server.identifier, path),
    );
    const found = listEntries(new TextDecoder().decode(bytes));
    if (found !== null) return { ...list, ...found };
    const name = lastPart(path);
    const problem = newProblem(
      'invalid',
      sentence('actions.player-no-list', { file: name }),
      sentence('actions.player-no-list-next'),
    );
    return { ...list, entries: null, problem };
  } catch (error) {
    const problem = toProblem(error);
    if (problem.code === 'not-found') return emptyList({ kind, path });
    return { ...list, entries: null, problem };
  }
}
