/** Panel's refusals for a variable, an image, a name, a reinstallation, or reading them. */
import {
  image,
  lockedDescription,
  lostVariable,
  naming,
  readPermissions,
  readStartup,
  reinstall,
  variable,
} from './error-acts.js';
import {
  messagesExcept,
  calm,
  direct,
  failing,
  restorePermissions,
  gateway,
  log,
  nodeDown,
  ownError,
  proxied,
  withdrawPermission,
  unsure,
  type ErrorRow,
  type Order,
  type WindowMessage,
} from './error-table.js';

const creative = { server: 'Creative' };
const egg = (key: string, fields: Record<string, unknown>): Order => ({
  do: 'variable',
  ...creative,
  key,
  ...fields,
});
const askHost = 'Ask your host to change it.';
const change = 'Change the entry and try again.';
/** For one request only: an error of the whole account would also appear in the sidebar. */
const otherAddress =
  'This IP address (127.0.0.1) does not have permission to access the API using these credentials.';
const noSuch: WindowMessage = {
  says: 'The environment variable you are trying to edit does not exist.',
  next: askHost,
};
const forbidden = (what: string, permission: string): WindowMessage => ({
  says: `{panel} does not let your account ${what}: it lacks the permission ${permission}.`,
  next: `Ask the server’s owner for ${permission}.`,
});
const java17 = 'ghcr.io/pterodactyl/yolks:java_17';
const java21 = 'ghcr.io/pterodactyl/yolks:java_21';

export const formRows: readonly ErrorRow[] = [
  // Before other rows that open the settings: the list is read only once.
  {
    what: 'the list of permissions can not be read',
    orders: [failing('/permissions', 500, 'ErrorException')],
    act: readPermissions('Survival'),
    message: ownError('read the list of permissions'),
    undo: [calm],
  },
  {
    what: '400: a variable that became read-only',
    orders: [egg('BUILD_NUMBER', { editable: false })],
    act: variable('Creative', 'BUILD_NUMBER', '101'),
    message: messagesExcept(
      { says: 'The environment variable you are trying to edit is read-only.', next: askHost },
      { reference: { says: 'This environment variable is not editable.', next: askHost } },
    ),
    undo: [egg('BUILD_NUMBER', { editable: true })],
  },
  {
    what: '400: a variable that was hidden',
    orders: [egg('BUILD_NUMBER', { viewable: false })],
    act: variable('Creative', 'BUILD_NUMBER', '102'),
    message: noSuch,
    undo: [egg('BUILD_NUMBER', { viewable: true })],
  },
  {
    what: '422: rules that became stricter',
    orders: [egg('BUILD_NUMBER', { rules: 'required|in:stable' })],
    act: variable('Creative', 'BUILD_NUMBER', '103'),
    message: { says: 'The selected value is invalid.', next: change },
    undo: [egg('BUILD_NUMBER', { rules: 'required|string|max:20' })],
  },
  {
    what: '500 BadMethodCallException: a rule that no panel knows',
    orders: [egg('VIEW_DISTANCE', { rules: 'required|port' })],
    act: variable('Creative', 'VIEW_DISTANCE', '11'),
    message: ownError('change the variable', unsure.saved),
    undo: [egg('VIEW_DISTANCE', { rules: 'required|integer|between:3,32' })],
  },
  {
    what: '500 DataValidationException',
    orders: [failing('/startup/variable', 500, 'DataValidationException')],
    act: variable('Creative', 'VIEW_DISTANCE', '12'),
    message: ownError('change the variable', unsure.saved),
    undo: [calm],
  },
  {
    what: '403 on a variable: the key is for other addresses',
    orders: [failing('/startup/variable', 403, 'AccessDeniedHttpException', otherAddress)],
    act: variable('Creative', 'VIEW_DISTANCE', '13', 'form'),
    message: {
      says: '{panel} does not accept this key from the internet address of this computer.',
      next: 'Add this address to the key’s allowed addresses in the panel, or create a key without that list.',
    },
    undo: [calm],
  },
  {
    what: '403: startup.update was taken away',
    orders: withdrawPermission('Creative', 'startup.update'),
    act: variable('Creative', 'VIEW_DISTANCE', '14', 'form'),
    message: forbidden('change the variable', 'startup.update'),
    undo: restorePermissions('Creative'),
    isAskedAgain: true,
  },
  {
    what: '400: an image that an administrator has set',
    orders: [{ do: 'image', ...creative, image: 'registry.example/own:1' }],
    act: image('Creative', java17),
    message: {
      says: "This server's Docker image has been manually set by an administrator and cannot be updated.",
      next: askHost,
    },
    undo: [{ do: 'image', ...creative, image: java21 }],
  },
  {
    what: '403: startup.docker-image was taken away',
    orders: withdrawPermission('Creative', 'startup.docker-image'),
    act: image('Creative', java21),
    message: forbidden('change the Docker image', 'startup.docker-image'),
    undo: restorePermissions('Creative'),
    isAskedAgain: true,
  },
  {
    what: 'the startup can not be read: 500',
    orders: [failing('/startup', 500, 'ErrorException')],
    act: readStartup('Creative'),
    message: ownError('read the startup settings'),
    undo: [calm],
  },
  {
    what: 'the startup can not be read: HTML 502',
    orders: [proxied('/startup', 502)],
    act: readStartup('Creative'),
    message: gateway(502),
    undo: [direct],
  },
  {
    what: '400: JSON that the panel can not read',
    orders: [
      failing(
        '/settings/',
        400,
        'BadRequestHttpException',
        'The JSON data passed in the request appears to be malformed: Syntax error',
      ),
    ],
    act: naming('name', 'Archive 2022', 'Archive 2022 a'),
    message: {
      says: '{panel} did not understand the request to rename the server: “The JSON data passed in the request appears to be malformed: Syntax error”',
      next: log,
    },
    undo: [calm],
  },
  {
    what: '422: a name that the panel refuses',
    orders: [
      {
        do: 'error',
        error: {
          status: 422,
          code: 'ValidationException',
          detail: 'The name has already been taken.',
          meta: { source_field: 'name', rule: 'unique' },
          path: '/settings/',
        },
      },
    ],
    act: naming('name', 'Archive 2022', 'Archive 2022 b', 'field'),
    message: { says: 'The name has already been taken.', next: change },
    undo: [calm],
  },
  {
    what: 'HTML 413: more than the web server takes',
    orders: [proxied('/settings/', 413)],
    act: naming('description', 'Archive 2022', 'Old and long'),
    message: {
      says: 'The web server of {panel} refused the request: it is too large.',
      next: 'Shorten the text and try again.',
    },
    undo: [direct],
  },
  {
    what: '500 QueryException on a name',
    orders: [failing('/settings/', 500, 'QueryException')],
    act: naming('name', 'Archive 2022', 'Archive 2022 c'),
    message: ownError('rename the server', unsure.saved),
    undo: [calm],
  },
  {
    what: '503 on a name: the panel is in maintenance',
    orders: [failing('/settings/', 503, 'HttpException', 'Service Unavailable')],
    act: naming('name', 'Archive 2022', 'Archive 2022 d'),
    message: {
      says: '{panel} is closed for maintenance.',
      next: 'Wait until your host has finished. Perch keeps trying.',
    },
    undo: [calm],
  },
  {
    what: '403: settings.rename was taken away',
    orders: withdrawPermission('Archive 2022', 'settings.rename'),
    act: naming('name', 'Archive 2022', 'Archive 2022 e'),
    message: forbidden('rename the server', 'settings.rename'),
    undo: restorePermissions('Archive 2022'),
    isAskedAgain: true,
  },
  {
    what: '403 []: the host has locked descriptions',
    orders: [{ do: 'panel', descriptionsLocked: true }],
    act: lockedDescription('Archive 2022', 'Old and locked'),
    message: messagesExcept(
      { absent: 'its hosts can not lock descriptions' },
      {
        pelican: {
          says: 'The host of {panel} does not allow anyone to change the description.',
          next: 'Ask your host.',
        },
      },
    ),
    undo: [{ do: 'panel', descriptionsLocked: false }],
    isAskedAgain: true,
  },
  {
    what: 'reinstallation: the node drops the connection',
    orders: [{ do: 'fault', server: 'Survival', fault: { kind: 'reset' } }],
    act: reinstall('Survival'),
    message: nodeDown('reinstall the server', unsure.reinstall),
    undo: [{ do: 'fault', server: 'Survival', fault: null }],
  },
  {
    what: '403: settings.reinstall was taken away',
    orders: withdrawPermission('Survival', 'settings.reinstall'),
    act: reinstall('Survival'),
    message: forbidden('reinstall the server', 'settings.reinstall'),
    undo: restorePermissions('Survival'),
    isAskedAgain: true,
  },
  {
    what: 'a variable that is gone from the egg',
    orders: [{ do: 'remove-variable', ...creative, key: 'BUILD_NUMBER' }],
    act: lostVariable('Creative', 'BUILD_NUMBER', '109'),
    message: messagesExcept(noSuch, {
      'panel-1.11': {
        says: '{panel} ran into an error and could not change the variable.',
        next: 'Load the startup settings again: the variable may be gone, or one of its rules is broken.',
      },
      reference: { says: 'The selected key is invalid.', next: change },
    }),
    undo: [],
  },
];
