/** Players of a server, and whether the game answers. Times are monotonic times of main in ms. */
import * as z from 'zod';
import { queryFailureKinds, queryHost, queryProtocols } from '../panel/query-protocols.js';

/**
 * Where a number of players comes from: console lines, an answer of the game server to this computer (query), or the
 * panel.
 */
const playerSourceSchema = z.enum(['console', 'query', 'panel']);

/** Players online as the row of a server shows them. */
export const playersOnlineSchema = z.object({
  /** Number of people; bots do not count. */
  count: z.number().int().min(0),
  /** Most players that the game lets in; null if unknown. */
  slots: z.number().int().min(0).nullable(),
  source: playerSourceSchema,
  /** When the source last reported the number. A console reports each change, so its number is current until then. */
  seenAt: z.number(),
});
export type PlayersOnline = z.infer<typeof playersOnlineSchema>;

/** Whether the game answers this computer, and the facts of its answer. */
export const reachSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answers'),
    pingMs: z.number(),
    version: z.string().nullable(),
    title: z.string().nullable(),
    /** null if the game does not say. */
    hasPassword: z.boolean().nullable(),
    isFull: z.boolean(),
  }),
  z.object({
    kind: z.literal('silent'),
    /** Time of the first unanswered question. */
    since: z.number(),
    /** Whether the game ever answered this computer. */
    hasAnswered: z.boolean(),
    /**
     * Where the cause probably lies, by the answers of other servers: `server` = another server of the node answers;
     * `node` = only servers of other nodes answer; `network` = no server answers any more. null = there is no other server
     * to compare with.
     */
    suspect: z.enum(['server', 'node', 'network']).nullable(),
  }),
]);
export type Reach = z.infer<typeof reachSchema>;

/** A player of the server by name; texts of games are hostile. */
const namedPlayerSchema = z.object({
  name: z.string(),
  /** True if a command with this name could reach another player: Perch changed the name, or two players share it. */
  isAltered: z.literal(true).optional(),
  /** Since when the player has been on: from the game, or the first answer that names the player; null = unknown. */
  since: z.number().nullable(),
  /** null if the game does not say. */
  pingMs: z.number().nullable(),
});
export type NamedPlayer = z.infer<typeof namedPlayerSchema>;

export const queryProtocolSchema = z.enum(queryProtocols);

/** The user's choice of how Perch asks one game; a field that is null = Perch finds the value. */
export const queryChoiceSchema = z.object({
  protocol: queryProtocolSchema.nullable(),
  host: z.string().regex(queryHost).nullable(),
  port: z.number().int().min(1).max(65_535).nullable(),
  /** True if the server is not asked. */
  isOff: z.boolean(),
});
export type QueryChoice = z.infer<typeof queryChoiceSchema>;

/**
 * State of asking a server.
 * `off…` = switched off for the server, its panel, or all servers; `idle` = the server does not run; `unknown-game` =
 * Perch knows no protocol for the game; `looking` = no answer yet; `blocked` = a proxy or a forbidden address keeps
 * Perch from asking.
 */
const queryStateSchema = z.enum([
  'off',
  'off-panel',
  'off-all',
  'idle',
  'unknown-game',
  'looking',
  'answers',
  'silent',
  'blocked',
]);
export type QueryState = z.infer<typeof queryStateSchema>;

/**
 * What a plugin of the panel, which asks the game from the panel's computer, told about the number of players:
 * `answers` = a number; `silent` = the game did not answer the panel; `no-query` = the host chose no protocol for the
 * egg; `no-address` = the panel has no address to ask; `forbidden` = not this account.
 */
const panelCountStateSchema = z.enum(['answers', 'silent', 'no-query', 'no-address', 'forbidden']);
export type PanelCountState = z.infer<typeof panelCountStateSchema>;

/** Kind of failure of a question. */
const queryFailureSchema = z.enum(queryFailureKinds);

/** Everything that Perch knows about the players who are on a server. */
export const serverPlayersSchema = z.object({
  /** The same as in the row of the server. */
  online: playersOnlineSchema.nullable(),
  bots: z.number(),
  map: z.string().nullable(),
  /** null = see `countOnly`. May be fewer than the count. */
  names: z.array(namedPlayerSchema).max(1000).nullable(),
  /**
   * Missing unless the names come from the console. `since` = when the console first said something about players;
   * `isWhole` = as many names as players.
   */
  ofConsole: z.object({ since: z.number(), isWhole: z.boolean() }).optional(),
  /**
   * Why there are no names: `hidden` = the game hides or invents names; `not-asked` = no answer of the game counts now;
   * `no-names` = the protocol carries no names.
   */
  countOnly: z.enum(['hidden', 'not-asked', 'no-names']).nullable(),
  /** null while Perch does not ask the panel, for example because the game answers this computer. */
  panel: panelCountStateSchema.nullable(),
  query: z.object({
    state: queryStateSchema,
    /** The protocol and address that answered, or that Perch asks; null = none yet. */
    place: z.object({ protocol: queryProtocolSchema, host: z.string(), port: z.number() }).nullable(),
    /** null without a choice of the user. */
    choice: queryChoiceSchema.nullable(),
    askedAt: z.number().nullable(),
    answeredAt: z.number().nullable(),
    /** When Perch asks again; null = not planned. */
    nextAt: z.number().nullable(),
    /** Why the last question had no answer; null = the game answered. */
    problem: queryFailureSchema.nullable(),
  }),
});
export type ServerPlayers = z.infer<typeof serverPlayersSchema>;
