/** Answers of Pelican's plugin "Player Counter": bare JSON (PROTOCOL 8.5). Their figures and texts come from a game. */
import * as z from 'zod';
import { line } from './fields.js';

const figure = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
]);

/** A missing figure is no answer of the plugin. */
export const playerCountAnswer = z
  .looseObject({ map: line(200).catch(''), current_players: figure, max_players: figure })
  .transform(({ map, current_players: players, max_players: slots }) => ({ players, slots, map }));

/** Most names that Perch reads of an answer. */
const mostNames = 1000;

/** Names of players, in the game's own spelling; anything else in the list is left out. */
export const playerNamesAnswer = z
  .array(z.unknown())
  .transform((names) => names.slice(0, mostNames).filter((name) => typeof name === 'string'));
