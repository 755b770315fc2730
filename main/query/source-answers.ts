/** Reads the messages of Valve's server queries after the byte of their kind. */
import type { ByteReader } from './byte-reader.js';
import {
  countOf,
  countOfText,
  playersOf,
  textOf,
  type QueriedPlayer,
  type QueryAnswer,
} from './query-answer.js';

export interface SourceInfo {
  readonly answer: Omit<QueryAnswer, 'pingMs' | 'names' | 'hasPassword'>;
  readonly appId: number;
  /** Players with bots. */
  readonly clients: number;
  readonly hasPassword: boolean;
}

/** The Ship has three more bytes. */
const theShip = 2400;
/** Rust invents the names of its players, and tells its slots in a tag. */
export const rust = 252_490;
const hasPort = 0x80;
const hasSteamId = 0x10;
const hasTv = 0x40;
const hasTags = 0x20;
const hasGameId = 0x01;

export function readInfo(reader: ByteReader): SourceInfo {
  reader.uint8(); // version of the protocol
  const title = reader.text();
  const map = reader.text();
  reader.text(); // folder
  reader.text(); // game
  const shortId = reader.uint16Little();
  const clients = reader.uint8();
  const slots = reader.uint8();
  const bots = reader.uint8();
  reader.bytes(2); // kind of server, operating system
  const hasPassword = reader.uint8() === 1;
  reader.uint8(); // secured by VAC
  if (shortId === theShip) reader.bytes(3);
  const version = reader.text();
  const { appId, tags, gamePort } = extrasOf(reader, shortId);
  const slotsOfTag = appId === rust ? /(?:^|,)mp(\d{1,5})(?:,|$)/.exec(tags)?.[1] : undefined;
  const playersOfTag = appId === rust ? /(?:^|,)cp(\d{1,5})(?:,|$)/.exec(tags)?.[1] : undefined;
  return {
    answer: {
      players: countOfText(playersOfTag) ?? Math.max(0, clients - bots),
      slots: countOfText(slotsOfTag) ?? countOf(slots),
      bots,
      version: textOf(version, 60),
      title: textOf(title),
      map: textOf(map, 100),
      ...(gamePort === 0 ? {} : { gamePort }),
    },
    appId,
    clients,
    hasPassword,
  };
}

/** Optional data after the version. Only this part has app ids beyond 65,535. A port 0 says nothing. */
function extrasOf(reader: ByteReader, shortId: number): { appId: number; tags: string; gamePort: number } {
  // Some servers end here.
  const flags = reader.left === 0 ? 0 : reader.uint8();
  const gamePort = (flags & hasPort) === 0 ? 0 : reader.uint16Little();
  if ((flags & hasSteamId) !== 0) reader.bytes(8);
  if ((flags & hasTv) !== 0) {
    reader.bytes(2);
    reader.text();
  }
  const tags = (flags & hasTags) === 0 ? '' : reader.text();
  if ((flags & hasGameId) === 0) return { appId: shortId, tags, gamePort };
  const appId = reader.int32Little() & 0xff_ffff;
  return { appId: appId === 0 ? shortId : appId, tags, gamePort };
}

/** The list may hold bots. Counter-Strike sends a player "Max Players" instead of the real ones. */
export function readPlayers(reader: ByteReader): QueriedPlayer[] {
  const count = reader.uint8();
  const players: { name: string; seconds: number }[] = [];
  // A server may announce more players than fit into one answer.
  for (let index = 0; index < count && reader.left > 0; index++) {
    reader.uint8();
    const name = reader.text();
    reader.int32Little(); // score
    players.push({ name, seconds: reader.float32Little() });
  }
  return playersOf(players.filter(({ name }) => name !== 'Max Players'));
}

/** Most rules that Perch reads. */
const mostRules = 500;

export function readRules(reader: ByteReader): Map<string, string> {
  const count = reader.uint16Little();
  const rules = new Map<string, string>();
  for (let index = 0; index < Math.min(count, mostRules) && reader.left > 0; index++)
    rules.set(reader.text(), reader.text());
  return rules;
}
