import { WINGS_111 } from '../../wings/limits.js';
import type { Conflict, PanelDialect } from '../dialect.js';
import { nodeRefused, nodeUnreachable, PanelError, panelError, unexpected } from '../errors.js';
import { realPermissions } from '../permissions.js';
import { panelTexts } from '../rule-texts.js';

const conflictTexts: Record<Conflict, string> = {
  suspended: 'This server is currently suspended and the functionality requested is unavailable.',
  maintenance:
    'The node of this server is currently under maintenance and the functionality requested is unavailable.',
  installing: 'This server has not yet completed its installation process, please try again later.',
  restoring: 'This server is currently restoring from a backup, please try again later.',
  transferring: 'This server is currently being transferred to a new machine, please try again later.',
};

/** Pterodactyl Panel up to 1.11.8. */
export const panel111: PanelDialect = {
  name: 'panel-1.11',

  clientPerMinute: 720,
  websocketPerMinute: null,
  restorationsPerQuarter: null,
  subusersPerQuarter: null,
  pulls: { limit: 10, minutes: 5, perServer: false },
  emailsPerMinute: null,
  emailsPerDay: null,
  opensFilesToAdmins: false,
  keyPrefixes: { client: 'ptlc_', application: 'ptla_' },
  pageType: 'text/html; charset=UTF-8',
  loginPath: '/auth/login',
  sessionCookie: 'pterodactyl_session',
  enforcesTwoFactor: true,
  hasRoles: false,
  findsServerFirst: false,
  adminConnects: (conflict) => conflict !== 'suspended' && conflict !== 'maintenance',
  reinstallFailedBlocks: false,
  findServer: (world, id) => world.findServer(id),

  conflict: (reason) => panelError(409, 'ServerStateConflictException', conflictTexts[reason]),
  startWhileRunning: () => null,
  commandWhileOffline: () =>
    panelError(502, 'HttpException', 'Server must be online in order to send commands.'),
  ignoresAnswerToPower: false,
  losesRefusedCommands: false,
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
  removesSshKeysByPath: false,
  changesUsernames: false,
  failureMeta: (field, rule) => ({ source_field: field, rule }),
  texts: panelTexts,
  unknownVariable: () => unexpected('ErrorException'),
  readOnlyVariable: () =>
    panelError(
      400,
      'BadRequestHttpException',
      'The environment variable you are trying to edit is read-only.',
    ),
  namesFileFailures: false,
  nodeErrors: { unreachable: nodeUnreachable, refused: nodeRefused },
  modelNamespace: 'Pterodactyl\\Models',

  dockerImages: (images) => ({ ...images }),
  startCommands: (rendered, template) => ({ startup_command: rendered, raw_startup_command: template }),
  variableHasCommands: true,
  comparesKeysExactly: false,
  storesAnyScalar: false,
  sortsVariables: false,
  rulesToJudge: (rules) => (typeof rules === 'string' ? rules : rules.join('|')),
  strictIn: false,
  imageRules: [
    'required',
    'string',
    'max:191',
    // Without the `~` that marks an image as local to the node (PROTOCOL 2.9).
    'regex:/^[\\w#\\.\\/\\- ]*\\|?[\\w\\.\\/\\-:@ ]*$/',
  ],

  memoryLimitInResources: false,
  usageMissingAfterMs: null,
  permissionsIn: 'meta',
  status: (server) => server.status,
  relationshipsInSingle: true,
  extraAttributes: true,
  longIdentifiers: false,
  failsWithoutAddress: false,
  showsWholeSubusers: false,
  pelicanAttributes: false,
  perPage: { default: 50, max: 100 },
  account: (user) => ({
    id: user.id,
    admin: user.rootAdmin,
    username: user.username,
    email: user.email,
    first_name: user.firstName,
    last_name: user.lastName,
    language: user.language,
  }),
  permissions: realPermissions,

  backupNameMax: 191,
  pelicanBackups: false,
  schedules: {
    perMinute: null,
    nameMax: 191,
    requiresMonth: false,
    actions: ['command', 'power', 'backup'],
    continuesAfter: 'DaemonConnectionException',
    tellsAfterwards: false,
    deletesTasks: 'schedule.update',
  },

  databases: { perMinute: null, showsNumbers: false },
  allocations: { perMinute: null, keepsPrimary: true, staysInRange: false },

  rename: { name: 'required|string|min:1|max:191', description: 'nullable|string' },
  archiveRules: {},
  reinstallBody: '[]',

  hasPlayerCounter: false,

  wings: WINGS_111,
  demo: 'pterodactyl',
};
