import type { Conflict, PanelDialect } from '../dialect.js';
import { PanelError, panelError } from '../errors.js';
import { referencePermissions } from '../permissions.js';
import { currentTexts } from '../rule-texts.js';
import { panel111 } from './panel-1.11.js';

const conflicts: Record<Conflict, string> = {
  suspended: 'suspended',
  maintenance: 'under maintenance',
  installing: 'installing',
  restoring: 'restoring a backup',
  transferring: 'being transferred',
};

/** The API reference; otherwise, the real panel. */
export const reference: PanelDialect = {
  ...panel111,
  name: 'reference',
  conflict: (reason) =>
    panelError(
      400,
      'ConflictingServerStateException',
      `Cannot perform power action, server is currently ${conflicts[reason]}.`,
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
  archiveRules: {},
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
