/** FiveM and RedM: two addresses with JSON, over HTTP on the game's port (QUERIES "FiveM"). */
import * as z from 'zod';
import { parseJson } from '../base/json.js';
import { QueryFailure } from '../base/query-ports.js';
import type { Ask, Asking } from './asking.js';
import {
  countOf,
  countOfText,
  NonsenseFailure,
  playersOf,
  textOf,
  type QueryAnswer,
} from './query-answer.js';

export const fivem: Ask = async (asking) => {
  const began = asking.clock.now();
  const dynamic = await get(asking, '/dynamic.json');
  const pingMs = asking.clock.now() - began;
  return { ...readServer(dynamic, await playersText(asking)), pingMs };
};

function get({ wire, place, signal }: Asking, path: string): Promise<string> {
  return wire.get(place, path, signal);
}

/** null if the host keeps the list closed. */
async function playersText(asking: Asking): Promise<string | null> {
  try {
    return await get(asking, '/players.json');
  } catch (error) {
    if (error instanceof QueryFailure) return null;
    throw error;
  }
}

const dynamicSchema = z.looseObject({
  clients: z.number(),
  sv_maxclients: z.union([z.string(), z.number()]).transform(String).nullish().catch(null),
  hostname: z.string().nullish().catch(null),
  mapname: z.string().nullish().catch(null),
});
const playerSchema = z.looseObject({ name: z.string(), ping: z.number().nullish().catch(null) });

/** `players` = text of the list; null if it is closed. */
function readServer(dynamic: string, players: string | null): Omit<QueryAnswer, 'pingMs'> {
  const facts = dynamicSchema.safeParse(parseJson(dynamic));
  if (!facts.success || countOf(facts.data.clients) === null) throw new NonsenseFailure('no server of FiveM');
  const { clients, sv_maxclients: slots, hostname, mapname } = facts.data;
  return {
    players: clients,
    slots: countOfText(slots ?? undefined),
    bots: 0,
    names: players === null ? null : namesOf(players),
    version: null,
    // `^1` and others are colours.
    title: textOf(hostname?.replace(/\^\d/g, '')),
    map: textOf(mapname, 100),
    hasPassword: null,
  };
}

function namesOf(text: string): QueryAnswer['names'] {
  const list = z.array(z.unknown()).safeParse(parseJson(text));
  if (!list.success) return null;
  const players = list.data.slice(0, 2000).flatMap((entry) => playerSchema.safeParse(entry).data ?? []);
  return playersOf(players.map(({ name, ping }) => ({ name, pingMs: ping ?? null })));
}
