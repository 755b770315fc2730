import type { Server } from '../data/world.js';
import type { Signal, State, WingsDialect } from '../wings/api.js';
import { PanelError, panelError, unexpected } from './errors.js';
import { realPermissions, referencePermissions, type PermissionNames } from './permissions.js';
import { currentTexts, panelTexts, type RuleText } from './rule-texts.js';

/** Why a server cannot be used now, in the order in which the panel looks (PROTOCOL 2.0). */
export type Conflict = 'suspended' | 'maintenance' | 'installing' | 'restoring' | 'transferring';

/**
 * Where the API reference and the real panel disagree, one field or function per row of PROTOCOL section 0. A
 * further panel is one more object of this type. D19 (what a reinstallation deletes) shows on disk only and is the
 * node's business; D23 and D24 lie in `wings`.
 */
export interface PanelDialect {
  readonly name: string;
  /** Calls a minute for each user, headers included (3.4). */
  readonly clientPerMinute: number;
  /** Socket tokens a minute for each server, all users together; null = no such limit. */
  readonly websocketPerMinute: number | null;
  /** D1: an action that the server's state forbids. */
  conflict(reason: Conflict): PanelError;
  /** D2: null = accepted, and dropped by the node. */
  startWhileRunning(): PanelError | null;
  /** D3 */
  commandWhileOffline(): PanelError;
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
  /** D10: from label -> image. */
  dockerImages(images: Readonly<Record<string, string>>): Record<string, string>;
  /** D11: which of the two start commands is called which. */
  startCommands(rendered: string, template: string): { startup_command: string; raw_startup_command: string };
  /** D12 */
  readonly memoryLimitInResources: boolean;
  /** D13 */
  readonly permissionsIn: 'meta' | 'attributes';
  /** D14: of the panel's status and the power state now. */
  status(server: Server, state: State): string | null;
  /** D15: allocations and variables also in the single call. */
  readonly relationshipsInSingle: boolean;
  /** D16 */
  readonly extraAttributes: boolean;
  /** D17 */
  readonly perPage: { default: number; max: number };
  /** D18: validation rules. */
  readonly rename: { name: string; description: string };
  /** D20: body of the 202. */
  readonly reinstallBody: string;
  /** D21: the start commands come with the answer to a changed variable. */
  readonly variableHasCommands: boolean;
  /** D22 */
  readonly permissions: PermissionNames;
  readonly wings: WingsDialect;
}

const conflictTexts: Record<Conflict, string> = {
  suspended: 'This server is currently suspended and the functionality requested is unavailable.',
  maintenance:
    'The node of this server is currently under maintenance and the functionality requested is unavailable.',
  installing: 'This server has not yet completed its installation process, please try again later.',
  restoring: 'This server is currently restoring from a backup, please try again later.',
  transferring: 'This server is currently being transferred to a new machine, please try again later.',
};

const referenceConflicts: Record<Conflict, string> = {
  suspended: 'suspended',
  maintenance: 'under maintenance',
  installing: 'installing',
  restoring: 'restoring a backup',
  transferring: 'being transferred',
};

const wings: WingsDialect = { appName: 'Pterodactyl', limits: null };

/** Pterodactyl Panel up to 1.11.x. */
const panel111: PanelDialect = {
  name: 'panel-1.11',
  clientPerMinute: 720,
  websocketPerMinute: null,
  conflict: (reason) => panelError(409, 'ServerStateConflictException', conflictTexts[reason]),
  startWhileRunning: () => null,
  commandWhileOffline: () =>
    panelError(502, 'HttpException', 'Server must be online in order to send commands.'),
  badKey: () => panelError(401, 'AuthenticationException', 'Unauthenticated.', 'login'),
  forbidden: () => panelError(403, 'AccessDeniedHttpException', 'This action is unauthorized.'),
  websocketForbidden: () =>
    panelError(
      403,
      'HttpForbiddenException',
      "You do not have permission to connect to this server's websocket.",
    ),
  tooMany: (headers) =>
    new PanelError(
      429,
      [{ code: 'ThrottleRequestsException', detail: 'Too Many Attempts.' }],
      'page',
      headers,
    ),
  failureMeta: (field, rule) => ({ source_field: field, rule }),
  texts: panelTexts,
  unknownVariable: () => unexpected('ErrorException'),
  readOnlyVariable: () =>
    panelError(
      400,
      'BadRequestHttpException',
      'The environment variable you are trying to edit is read-only.',
    ),
  dockerImages: (images) => ({ ...images }),
  startCommands: (rendered, template) => ({ startup_command: rendered, raw_startup_command: template }),
  memoryLimitInResources: false,
  permissionsIn: 'meta',
  status: (server) => server.status,
  relationshipsInSingle: true,
  extraAttributes: true,
  perPage: { default: 50, max: 100 },
  rename: { name: 'required|string|min:1|max:191', description: 'nullable|string' },
  reinstallBody: '[]',
  variableHasCommands: true,
  permissions: realPermissions,
  wings,
};

/** What the API reference says; where it is silent, the real panel. */
const reference: PanelDialect = {
  ...panel111,
  name: 'reference',
  conflict: (reason) =>
    panelError(
      400,
      'ConflictingServerStateException',
      `Cannot perform power action, server is currently ${referenceConflicts[reason]}.`,
    ),
  startWhileRunning: () =>
    panelError(400, 'ConflictingServerStateException', 'Cannot start server, server is already running.'),
  commandWhileOffline: () =>
    panelError(400, 'ConflictingServerStateException', 'Cannot send command to stopped server.'),
  badKey: () => panelError(401, 'InvalidCredentialsException', 'Invalid API key', 'login'),
  forbidden: insufficient,
  websocketForbidden: insufficient,
  tooMany: (headers) =>
    new PanelError(
      409,
      [{ code: 'TooManyRequestsHttpException', detail: 'Rate limit exceeded' }],
      'page',
      headers,
    ),
  failureMeta: (_field, rule) => ({ rule }),
  texts: currentTexts,
  unknownVariable: () =>
    new PanelError(
      422,
      [{ code: 'ValidationException', detail: 'The selected key is invalid.', meta: { rule: 'in' } }],
      'back',
    ),
  readOnlyVariable: () =>
    panelError(400, 'BadRequestException', 'This environment variable is not editable.'),
  dockerImages: (images) =>
    Object.fromEntries(Object.entries(images).map(([label, image]) => [image, label])),
  startCommands: (rendered, template) => ({ startup_command: template, raw_startup_command: rendered }),
  memoryLimitInResources: true,
  permissionsIn: 'attributes',
  status: (server, state) => server.status ?? state,
  relationshipsInSingle: false,
  extraAttributes: false,
  perPage: { default: 25, max: 100 },
  rename: { name: 'required|string|max:255', description: 'nullable|string|max:500' },
  reinstallBody: '',
  variableHasCommands: false,
  permissions: referencePermissions,
};

function insufficient(permission: string): PanelError {
  return panelError(
    403,
    'InsufficientPermissionsException',
    `This action requires the '${permission}' permission.`,
  );
}

/** Every dialect that can be played, by the name that `--dialect` takes. */
export const dialects: Readonly<Record<string, PanelDialect>> = {
  'panel-1.11': panel111,
  reference,
};

/** The words that the power route knows. */
export const signals: readonly Signal[] = ['start', 'stop', 'restart', 'kill'];

export function isUp(state: State): boolean {
  return state !== 'offline';
}
