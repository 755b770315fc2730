import type { ApiKey, Server, User } from '../data/world.js';
import type { World } from '../records.js';
import type { State, WingsDialect } from '../wings/api.js';
import type { PanelError } from './errors.js';
import type { PermissionNames } from './permissions.js';
import type { RuleText } from './rule-texts.js';

/** Reason why a server can't be used now, in the order in which the panel checks (PROTOCOL 2.0). */
export type Conflict = 'suspended' | 'maintenance' | 'installing' | 'restoring' | 'transferring';

/** Errors for failed calls to a node. */
interface NodeErrors {
  /** The node did not answer. */
  unreachable(): PanelError;
  /**
   * The node refused. `forward` = a power signal, command or reinstallation, for which Pterodactyl forwards the status
   * (PROTOCOL 3.3).
   */
  refused(status: number, text: string, requestId: string, forward: boolean): PanelError;
}

/**
 * Differences between panels.
 * One field or function per row of PROTOCOL section 0 (D1 to D22), where the API reference and the real panel disagree,
 * and for the changes of 1.12 and of Pelican (PROTOCOL 8). A new panel is one more object of this type; no other code
 * checks which panel it plays. D19 (files that a reinstallation deletes) only shows on disk and belongs to the node;
 * D23 and D24 are in `wings`.
 */
export interface PanelDialect {
  readonly name: string;

  // Access
  /** Calls per minute and user, shown in headers (PROTOCOL 3.4). */
  readonly clientPerMinute: number;
  /** Websocket tokens per minute and server, for all users together; null = no limit. */
  readonly websocketPerMinute: number | null;
  /** Restored backups in 15 minutes and server, for all users together; null = no limit. */
  readonly restorationsPerQuarter: number | null;
  /** Added subusers in 15 minutes and server, for all users together; null = no limit. */
  readonly subusersPerQuarter: number | null;
  /** Files that a node fetches, of a user or, for all users together, of a server (PROTOCOL 3.4.8). */
  readonly pulls: { readonly limit: number; readonly minutes: number; readonly perServer: boolean };
  /** New e-mail addresses a minute and user; null = no limit (PROTOCOL 2.24.6). */
  readonly emailsPerMinute: number | null;
  /** New e-mail addresses in 24 hours and user; null = no limit (PROTOCOL 2.24.12). */
  readonly emailsPerDay: number | null;
  /** Prefixes of new keys (PROTOCOL 1.2). */
  readonly keyPrefixes: Readonly<Record<ApiKey['kind'], string>>;
  /** Content type of pages. */
  readonly pageType: string;
  /** Target of the redirect for page requests without a login. */
  readonly loginPath: string;
  /** Cookie that marks a request of the panel's own front end (PROTOCOL 1.4). */
  readonly sessionCookie: string;
  /** Whether the API requires two-factor authentication if the panel does. */
  readonly enforcesTwoFactor: boolean;
  /** Whether administrators by role exist. */
  readonly hasRoles: boolean;
  /** Whether an unknown server is reported before the key is checked. */
  readonly findsServerFirst: boolean;
  /** Whether a root administrator gets a websocket despite this conflict. */
  adminConnects(conflict: Conflict): boolean;
  /** Whether files are open to root administrators where their websockets are. */
  readonly opensFilesToAdmins: boolean;
  /** Whether a failed reinstallation blocks the server like a running installation (PROTOCOL 8.2.4). */
  readonly reinstallFailedBlocks: boolean;
  /** Server for an id in an address. */
  findServer(world: World, id: string): Server | null;

  // Errors
  /** D1: error for an action that the server's state forbids. */
  conflict(reason: Conflict): PanelError;
  /** D2: null = the signal is accepted, and the node ignores it. */
  startWhileRunning(): PanelError | null;
  /** D3: the error for a command to an offline server. */
  commandWhileOffline(): PanelError;
  /** Whether only the status of the node's answer to a signal matters, not its body. */
  readonly ignoresAnswerToPower: boolean;
  /** Whether a command that the node refuses counts as sent. */
  readonly losesRefusedCommands: boolean;
  /** D4: the error for a wrong API key. */
  badKey(): PanelError;
  /** D5: the error for a missing permission. */
  forbidden(permission: string): PanelError;
  /** D5, on the websocket route. */
  websocketForbidden(permission: string): PanelError;
  /** D6: the error above the rate limit. */
  tooMany(headers: Readonly<Record<string, string>>): PanelError;
  /** Whether an SSH key is removed by its fingerprint in the address (PROTOCOL 2.18.5). */
  readonly removesSshKeysByPath: boolean;
  /** Whether an account can change its user name (PROTOCOL 2.24.6). */
  readonly changesUsernames: boolean;
  /** D7: `meta` of a validation error. */
  failureMeta(field: string, rule: string): Record<string, string>;
  readonly texts: RuleText;
  /** D8: the error for an unknown startup variable. */
  unknownVariable(): PanelError;
  /** D9: the error for a read-only startup variable. */
  readOnlyVariable(): PanelError;
  readonly nodeErrors: NodeErrors;
  /** Whether some refusals about files have exceptions of their own (PROTOCOL 8.3.9). */
  readonly namesFileFailures: boolean;
  /** Namespace of models in error texts. */
  readonly modelNamespace: string;

  // Startup
  /** D10: label -> image. */
  dockerImages(images: Readonly<Record<string, string>>): Record<string, string>;
  /** D11: names of the two start commands. */
  startCommands(rendered: string, template: string): { startup_command: string; raw_startup_command: string };
  /** D21: whether the answer to a changed variable holds the start commands. */
  readonly variableHasCommands: boolean;
  /** Whether names of variables are case-sensitive. */
  readonly comparesKeysExactly: boolean;
  /** Whether valid numbers and booleans are stored; otherwise only strings are (PROTOCOL 8.3.8). */
  readonly storesAnyScalar: boolean;
  /** Whether variables are listed in the egg's order; otherwise in the order of creation. */
  readonly sortsVariables: boolean;
  /** Rules of an egg for the validator, which splits a string at every pipe (PROTOCOL 6.1). */
  rulesToJudge(rules: string | readonly string[]): string | readonly string[];
  /** Whether `in` compares strings instead of numbers (PROTOCOL 6.2). */
  readonly strictIn: boolean;
  /** Rules for an image that is not one of the egg's (PROTOCOL 2.9). */
  readonly imageRules: readonly string[];

  // Display
  /** D12: whether the REST answer with usage includes the memory limit. */
  readonly memoryLimitInResources: boolean;
  /** Time until a server without usage counts as `missing`, in ms; null = the request fails instead. */
  readonly usageMissingAfterMs: number | null;
  /** D13: where an answer lists the user's permissions. */
  readonly permissionsIn: 'meta' | 'attributes';
  /** D14: combination of the panel's status and the current power state. */
  status(server: Server, state: State): string | null;
  /** D15: whether the call for one server includes allocations and variables. */
  readonly relationshipsInSingle: boolean;
  /** D16: whether servers have `is_node_under_maintenance` and `limits.oom_disabled`. */
  readonly extraAttributes: boolean;
  /** Whether servers have `server_identifier` and `__deprecated_uuid_short`, and `identifier` in either form. */
  readonly longIdentifiers: boolean;
  /** Whether a server without an address fails for users who may not see addresses (PROTOCOL 8.2.3). */
  readonly failsWithoutAddress: boolean;
  /** Whether a subuser is shown as a whole account. */
  readonly showsWholeSubusers: boolean;
  /** Whether servers have `sftp_details.alias` and `limits.oom_killer`. */
  readonly pelicanAttributes: boolean;
  /** D17: servers per page of the list. */
  readonly perPage: { default: number; max: number };
  account(user: User): Record<string, unknown>;
  /** D22: names of the permissions that panels disagree about. */
  readonly permissions: PermissionNames;

  // Backups
  /** Most characters of a backup's name. */
  readonly backupNameMax: number;
  /** Whether backups can be renamed, and show whether a schedule made them. */
  readonly pelicanBackups: boolean;

  /** Schedules (PROTOCOL 2.20). */
  readonly schedules: {
    /** New schedules a minute and server, for all users together; null = no limit. */
    readonly perMinute: number | null;
    /** Most characters of a name. */
    readonly nameMax: number;
    /** Whether the month of cron is checked. */
    readonly requiresMonth: boolean;
    readonly actions: readonly string[];
    /** Code of the failure after which a run may continue. */
    readonly continuesAfter: string;
    /** Whether the activity of a change has the values after the change. */
    readonly tellsAfterwards: boolean;
    /** The permission to delete a task (PROTOCOL 2.20.12). */
    readonly deletesTasks: 'schedule.update' | 'schedule.delete';
  };

  /** Databases (PROTOCOL 2.22). */
  readonly databases: {
    /** New databases a minute and server, for all users together; null = no limit. */
    readonly perMinute: number | null;
    /** Whether ids are numbers. */
    readonly showsNumbers: boolean;
  };

  /** Allocations (PROTOCOL 2.21). */
  readonly allocations: {
    /** New ones a minute and server, for all users together; null = no limit. */
    readonly perMinute: number | null;
    /** Whether the default allocation cannot be removed. */
    readonly keepsPrimary: boolean;
    /** Whether only free ports of the configured range are given away. */
    readonly staysInRange: boolean;
  };

  // Settings
  /** D18: validation rules. Without a rule for the description, a separate route sets it. */
  readonly rename: { name: string; description: string | null };
  /** Rules for the name and format of a new archive, where the panel takes them (PROTOCOL 2.17.8). */
  readonly archiveRules: Readonly<Record<string, string>>;
  /** D20: body of the 202. */
  readonly reinstallBody: string;

  /** Whether a plugin may add the routes that count players. */
  readonly hasPlayerCounter: boolean;

  readonly wings: WingsDialect;
  /** Demo of a new data folder. */
  readonly demo: 'pterodactyl' | 'pelican';
}
