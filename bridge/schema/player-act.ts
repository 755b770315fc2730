/** Actions on a player by a console command, and their results. */
import * as z from 'zod';
import { playerVerbs } from '../players/verb-names.js';

export const playerVerbSchema = z.enum(playerVerbs);

/**
 * The console's answer. `no-player` = the game knows nobody of that name; `no-answer` = the command was sent, and no
 * line in 5 s was an answer.
 */
export const verbOutcomeSchema = z.enum(['done', 'no-player', 'refused', 'no-answer']);
