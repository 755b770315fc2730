import type { ApiKey, Server, User } from '../data/world.js';
import type { World } from '../store.js';
import type { State, WingsDialect } from '../wings/api.js';
import type { PanelError } from './errors.js';
import type { PermissionNames } from './permissions.js';
import type { RuleText } from './rule-texts.js';

/** Why a server cannot be used now, in the order in which the panel looks (PROTOCOL 2.0). */
export type Conflict = 'suspended' | 'maintenance' | 'installing' | 'restoring' | 'transferring';

/** How a failing call to a node is told to the client. */
interface NodeErrors {
  /** The node did not answer at all. */
  unreachable(): PanelError;
  /** It refused; `forward` = power, command and reinstallation, whose status Pterodactyl passes on (PROTOCOL 3.3). */
  refused(status: number, text: string, requestId: string, forward: boolean): PanelError;
}

/**
 * What differs from panel to panel: where the API reference and the real panel disagree, one field or function per
 * row of PROTOCOL section 0 (D1 to D22), what came with 1.12, and what Pelican does its own way (PROTOCOL 8). A further
 * panel is one more object of this type; nothing else asks which panel is played. D19 (what a reinstallation
 * deletes) shows on disk only and is the node's business; D23 and D24 lie in `wings`.
 */
export interface PanelDialect {
  readonly name: string;

  // Who may come in
  /** Calls a minute for each user, headers included (PROTOCOL 3.4). */
  readonly clientPerMinute: number;
  /** Socket tokens a minute for each server, all users together; null = no such limit. */
  readonly websocketPerMinute: number | null;
  /** What new keys begin with (PROTOCOL 1.2). */
  readonly keyPrefixes: Readonly<Record<ApiKey['kind'], string>>;
  /** The content type of pages. */
  readonly pageType: string;
  /** Where those who ask for a page are sent to log in. */
  readonly loginPath: string;
  /** The cookie that makes a request one of the panel's own pages (PROTOCOL 1.4). */
  readonly sessionCookie: string;
  /** The API demands the second factor where the panel does. */
  readonly enforcesTwoFactor: boolean;
  /** There are administrators by role. */
  readonly hasRoles: boolean;
  /** An unknown server is one before the key is looked at. */
  readonly findsServerFirst: boolean;
  /** Whether a root admin gets a socket in spite of this. */
  adminConnects(conflict: Conflict): boolean;
  /** A failed reinstallation closes the server like an installation under way (PROTOCOL 8.2.4). */
  readonly reinstallFailedBlocks: boolean;
  /** The server that an address names. */
  findServer(world: World, id: string): Server | null;

  // Errors
  /** D1: an action that the server's state forbids. */
  conflict(reason: Conflict): PanelError;
  /** D2: null = accepted, and dropped by the node. */
  startWhileRunning(): PanelError | null;
  /** D3 */
  commandWhileOffline(): PanelError;
  /** What the node answers to a signal is not read, if only its status is good. */
  readonly ignoresAnswerToPower: boolean;
  /** What the node says against a command is lost, and the command counts as sent. */
  readonly losesRefusedCommands: boolean;
  /** D4 */
  badKey(): PanelError;
  /** D5 */
  forbidden(permission: string): PanelError;
  /** D5, on the websocket route. */
  websocketForbidden(permission: string): PanelError;
  /** D6 */
  tooMany(headers: Readonly<Record<string, string>>): PanelError;
  /** D7 */
  failureMeta(field: string, rule: string): Record<string, string>;
  readonly texts: RuleText;
  /** D8 */
  unknownVariable(): PanelError;
  /** D9 */
  readOnlyVariable(): PanelError;
  readonly nodeErrors: NodeErrors;
  /** The name of a model in texts of errors. */
  readonly modelNamespace: string;

  // Startup
  /** D10: from label -> image. */
  dockerImages(images: Readonly<Record<string, string>>): Record<string, string>;
  /** D11: which of the two start commands is called which. */
  startCommands(rendered: string, template: string): { startup_command: string; raw_startup_command: string };
  /** D21: the start commands come with the answer to a changed variable. */
  readonly variableHasCommands: boolean;
  /** The name of a variable counts with its case. */
  readonly comparesKeysExactly: boolean;
  /** A number or a yes that fits the rules is stored; else only a text can be (PROTOCOL 8.3.8). */
  readonly storesAnyScalar: boolean;
  /** Variables are listed in the order of the egg, else as they were made. */
  readonly sortsVariables: boolean;
  /** An egg's rules as the validator is given them; a text is split at every pipe (PROTOCOL 6.1). */
  rulesToJudge(rules: string | readonly string[]): string | readonly string[];
  /** `in` compares texts, not numbers (PROTOCOL 6.2). */
  readonly strictIn: boolean;
  /** What an image must be beside one of the egg's (PROTOCOL 2.9). */
  readonly imageRules: readonly string[];

  // What is shown
  /** D12 */
  readonly memoryLimitInResources: boolean;
  /** How long the panel waits for usage, after which the server counts as `missing`; null = usage can fail. */
  readonly usageMissingAfterMs: number | null;
  /** D13 */
  readonly permissionsIn: 'meta' | 'attributes';
  /** D14: of the panel's status and the power state now. */
  status(server: Server, state: State): string | null;
  /** D15: allocations and variables also in the single call. */
  readonly relationshipsInSingle: boolean;
  /** D16 */
  readonly extraAttributes: boolean;
  /** `server_identifier` and `__deprecated_uuid_short`, and `identifier` in either form. */
  readonly longIdentifiers: boolean;
  /** A server without an address cannot be shown to who may not see the addresses (PROTOCOL 8.2.3). */
  readonly failsWithoutAddress: boolean;
  /** A subuser is shown as a whole account. */
  readonly showsWholeSubusers: boolean;
  /** `sftp_details.alias` and `limits.oom_killer`. */
  readonly pelicanAttributes: boolean;
  /** D17 */
  readonly perPage: { default: number; max: number };
  account(user: User): Record<string, unknown>;
  /** D22 */
  readonly permissions: PermissionNames;

  // Settings
  /** D18: validation rules; without one for the description, it has an address of its own. */
  readonly rename: { name: string; description: string | null };
  /** D20: body of the 202. */
  readonly reinstallBody: string;

  readonly wings: WingsDialect;
  /** Which demo a new data folder begins with. */
  readonly demo: 'pterodactyl' | 'pelican';
}
