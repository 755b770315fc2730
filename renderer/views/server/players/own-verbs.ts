/** The user's commands about players, in the shape of the form and in the shape of the settings. Pure. */
import type { Game } from '../../../../bridge/panel/games.js';
import { verbCommand } from '../../../../bridge/players/player-verbs.js';
import { playerVerbs, type PlayerVerb } from '../../../../bridge/players/verb-names.js';

/** The commands that differ from the game's, for the settings; null = none differs. An empty text = no command. */
export function changedVerbs(
  game: Game | null | undefined,
  texts: Readonly<Record<PlayerVerb, string>>,
): Partial<Record<PlayerVerb, string | null>> | null {
  const changed = playerVerbs.flatMap((verb): [PlayerVerb, string | null][] => {
    const text = texts[verb].trim();
    const usual = verbCommand(verb, game, undefined);
    return text === (usual ?? '') ? [] : [[verb, text === '' ? null : text]];
  });
  return changed.length === 0 ? null : Object.fromEntries(changed);
}
