import { PELICAN_WINGS } from '../../wings/limits.js';
import type { PanelDialect } from '../dialect.js';
import { noSuchVariable, unexpected } from '../errors.js';
import { pelicanPermissions } from '../permissions.js';
import { portraitOf } from '../subusers/items.js';
import { panel111 } from './panel-1.11.js';

/** Pelican's panel (PROTOCOL 8); in all other respects like Pterodactyl, from which it comes. */
export const pelican: PanelDialect = {
  ...panel111,
  name: 'pelican',
  clientPerMinute: 256,
  websocketPerMinute: 5,
  restorationsPerQuarter: 3,
  subusersPerQuarter: 10,
  pulls: { limit: 5, minutes: 10, perServer: true },
  emailsPerMinute: 60,
  opensFilesToAdmins: true,
  removesSshKeysByPath: true,
  changesUsernames: true,
  keyPrefixes: { client: 'pacc_', application: 'papp_' },
  pageType: 'text/html; charset=utf-8',
  loginPath: '/login',
  sessionCookie: 'pelican_session',
  enforcesTwoFactor: false,
  hasRoles: true,
  findsServerFirst: true,
  adminConnects: () => true,
  reinstallFailedBlocks: true,
  ignoresAnswerToPower: true,
  losesRefusedCommands: true,
  unknownVariable: noSuchVariable,
  namesFileFailures: true,
  nodeErrors: {
    unreachable: () => unexpected('ConnectionException'),
    // Without a request id the answer came from a proxy in front of the node.
    refused: (_status, _text, requestId) =>
      unexpected(requestId === '' ? 'ConnectionException' : 'RequestException'),
  },
  modelNamespace: 'App\\Models',
  comparesKeysExactly: true,
  storesAnyScalar: true,
  sortsVariables: true,
  rulesToJudge: (rules) => rules,
  strictIn: true,
  imageRules: ['required', 'string'],
  usageMissingAfterMs: 1000,
  failsWithoutAddress: true,
  showsWholeSubusers: true,
  pelicanAttributes: true,
  account: (user) => ({
    uuid: user.uuid,
    username: user.username,
    email: user.email,
    language: user.language,
    image: portraitOf(user),
    admin: user.rootAdmin,
    root_admin: user.rootAdmin,
    '2fa_enabled': user.hasTwoFactor === true,
    created_at: user.createdAt,
    updated_at: user.createdAt,
  }),
  permissions: pelicanPermissions,
  backupNameMax: 255,
  pelicanBackups: true,
  schedules: {
    perMinute: 2,
    nameMax: 255,
    requiresMonth: true,
    actions: ['command', 'power', 'backup', 'delete_files'],
    continuesAfter: 'ConnectionException',
    tellsAfterwards: true,
  },
  databases: { perMinute: 2, showsNumbers: true },
  allocations: { perMinute: 2, keepsPrimary: false, staysInRange: true },
  rename: { name: 'required|string|min:1|max:255', description: null },
  archiveRules: {
    name: 'nullable|string',
    extension: 'in:zip,tgz,tar.gz,txz,tar.xz,tbz2,tar.bz2',
  },
  hasPlayerCounter: true,
  wings: PELICAN_WINGS,
  demo: 'pelican',
};
