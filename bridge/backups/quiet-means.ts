/** How each game stops writing during a quiet backup, and what an account must be allowed for it. Pure, without zod. */
import { sentence, type Sentence } from '../../messages/messages.js';
import type { Game } from '../panel/games.js';
import { isGranted, lacking, powerPermission } from '../panel/permissions.js';
import type { Server } from '../schema/domain.js';
import type { QuietMeans } from '../schema/quiet-backups.js';

/** Only Minecraft, Java Edition, can switch saving off. Other games keep running unless the user chooses to stop them. */
export function usualMeans(game: Game | null): QuietMeans {
  return game === 'minecraft' ? 'saving' : 'as-is';
}

/** Means that a server of this game can have; a game that Perch does not recognise may be Minecraft. */
export function possibleMeans(game: Game | null): readonly QuietMeans[] {
  const always = ['stop', 'as-is'] as const;
  return game === 'minecraft' || game === null ? ['saving', ...always] : always;
}

/** Means of a server: the user's choice, or the usual one of the game. */
export function quietMeansOf(
  chosen: Readonly<Record<string, QuietMeans>>,
  { id, game }: Pick<Server, 'id' | 'game'>,
): QuietMeans {
  return chosen[id] ?? usualMeans(game ?? null);
}

/** The user's choices with an additional choice; a default choice is left out. */
export function withQuietMeans(
  chosen: Readonly<Record<string, QuietMeans>>,
  { id, game }: Pick<Server, 'id' | 'game'>,
  means: QuietMeans,
): Record<string, QuietMeans> {
  const others = Object.fromEntries(Object.entries(chosen).filter(([serverId]) => serverId !== id));
  return means === usualMeans(game ?? null) ? others : { ...others, [id]: means };
}

const needed: Readonly<Record<QuietMeans, readonly string[]>> = {
  saving: ['control.console'],
  // A server that Perch may not start again is not stopped.
  stop: ['control.console', powerPermission('stop'), powerPermission('start')],
  'as-is': [],
};

/** Permissions that a quiet backup of the server needs besides those of a backup. A stopped server needs none. */
export function quietPermissions({ power }: Pick<Server, 'power'>, means: QuietMeans): readonly string[] {
  return power === 'running' ? needed[means] : [];
}

/** Why no quiet backup of the server can begin now, besides what prevents every backup; null if one can. */
export function quietBlock(
  server: Pick<Server, 'power' | 'permissions'>,
  means: QuietMeans,
): Sentence | null {
  if (server.power === 'starting' || server.power === 'stopping') return sentence('quiet.unsettled');
  const missing = quietPermissions(server, means).find((one) => !isGranted(server.permissions, one));
  return missing === undefined ? null : lacking(missing);
}
