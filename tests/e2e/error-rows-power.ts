/** Refusals of a power signal, a command or a usage read, by the node or by the panel on the way to it. */
import { command, openConsole, power, unsureCommand, usage, usageAfterSleep } from './error-acts.js';
import {
  messagesExcept,
  calm,
  direct,
  failing,
  restorePermissions,
  gateway,
  nodeDown,
  ownError,
  permit,
  everything,
  proxied,
  contactHost,
  withdrawPermission,
  unknownKey,
  unsure,
  type ErrorRow,
  type Order,
  type WindowMessage,
} from './error-table.js';

const restart = power('Survival', 'restart');
const whole: Order = { do: 'fault', server: 'Survival', fault: null };
const refusing = (status: number, fromProxy = false): Order => ({
  do: 'fault',
  server: 'Survival',
  fault: { kind: 'refuse', status, message: 'No such luck', fromProxy },
});
const outOfOrder = nodeDown('restart the server', unsure.power);
/** Pelican reports that the node refused, without the node's message. */
const untold: WindowMessage = {
  says: 'The node of the server refused to restart the server; the panel gives no reason.',
  next: 'If another action is in progress, such as a stop, wait until it finishes. Otherwise, tell your host.',
};
const forwarded: [status: number, told: WindowMessage][] = [
  ...[401, 403].map((status): [number, WindowMessage] => [
    status,
    {
      says: '{panel} and the node of the server do not accept each other’s token, so Perch could not restart the server. Your key is fine.',
      next: 'Ask your host to renew the node’s configuration.',
    },
  ]),
  [
    404,
    {
      says: 'The node of the server does not know this server, so {panel} could not restart the server.',
      next: contactHost,
    },
  ],
  [
    409,
    {
      says: 'The node of the server could not restart the server: “No such luck”',
      next: 'Wait until the current action finishes, then try again.',
    },
  ],
  ...[418, 500, 503, 302].map((status): [number, WindowMessage] => [status, outOfOrder]),
];
const wrongWay = (status: number): WindowMessage => ({
  says: `{panel} does not accept the request to restart the server (status ${status}).`,
  next: 'The panel may be too old, or a proxy changes the request. Tell your host.',
});

/** The reference names a permission that no panel has (PROTOCOL D22). */
const noSocket = (permission: string): WindowMessage => ({
  says: `{panel} does not let your account open the console: it lacks the permission ${permission}.`,
  next: `Ask the server’s owner for ${permission}.`,
});

export const powerRows: readonly ErrorRow[] = [
  // Pelican has one error for all answers of a node: its own exception without details.
  ...forwarded.map(([status, told]): ErrorRow => ({
    what: `${status === 302 ? '502' : status} DaemonConnectionException: the node answers ${status}`,
    orders: [refusing(status)],
    act: restart,
    message: messagesExcept(told, { pelican: untold }),
    undo: [whole],
  })),
  {
    what: '521 DaemonConnectionException: a proxy in front of the node',
    orders: [refusing(521, true)],
    act: restart,
    message: outOfOrder,
    undo: [whole],
  },
  {
    what: '504 DaemonConnectionException: the node drops the connection',
    orders: [{ do: 'fault', server: 'Survival', fault: { kind: 'reset' } }],
    act: restart,
    message: outOfOrder,
    undo: [whole],
  },
  {
    what: '504 DaemonConnectionException: the node is down',
    orders: [{ do: 'node-down', node: 'Lowland' }],
    act: power('Archive 2022', 'start'),
    message: nodeDown('start the server', unsure.power),
    undo: [{ do: 'node-up', node: 'Lowland' }],
  },
  ...[502, 504].map((status): ErrorRow => ({
    what: `HTML ${status} of a proxy, on the way of a signal`,
    orders: [proxied('/power', status)],
    act: restart,
    message: gateway(status, unsure.power),
    undo: [direct],
  })),
  {
    what: '405: the wrong verb',
    orders: [failing('/power', 405, 'MethodNotAllowedHttpException', 'The POST method is not supported.')],
    act: restart,
    message: wrongWay(405),
    undo: [calm],
  },
  {
    what: '419: taken for a browser',
    orders: [failing('/power', 419, 'HttpException', 'CSRF token mismatch.')],
    act: restart,
    message: wrongWay(419),
    undo: [calm],
  },
  {
    what: '500 of any class',
    orders: [failing('/power', 500, 'LogicException')],
    act: restart,
    message: ownError('restart the server', unsure.power),
    undo: [calm],
  },
  {
    what: '409: an unsupported state',
    orders: [
      failing(
        '/power',
        409,
        'ServerStateConflictException',
        'This server is currently in an unsupported state, please try again later.',
      ),
    ],
    act: restart,
    message: {
      says: '{panel} could not restart the server right now: “This server is currently in an unsupported state, please try again later.”',
      next: 'Check the state of the server and try again.',
    },
    undo: [calm],
  },
  {
    what: '401 on a signal: the key has run out',
    orders: [failing('/power', 401, 'AuthenticationException', 'Unauthenticated.')],
    act: restart,
    message: unknownKey,
    undo: [calm],
  },
  {
    what: '403: a permission that was taken away',
    orders: withdrawPermission('Survival', 'control.restart'),
    act: restart,
    message: {
      says: '{panel} does not let your account restart the server: it lacks the permission control.restart.',
      next: 'Ask the server’s owner for control.restart.',
    },
    undo: restorePermissions('Survival'),
    isAskedAgain: true,
  },
  {
    what: 'usage: the node refuses',
    orders: [{ do: 'fault', server: 'Creative', fault: { kind: 'refuse', status: 403, message: 'No.' } }],
    act: usage('Creative'),
    message: nodeDown('read the server’s usage'),
    undo: [{ do: 'fault', server: 'Creative', fault: null }],
  },
  {
    what: '500 TypeError, usage: the node talks nonsense',
    orders: [{ do: 'fault', server: 'Creative', fault: { kind: 'garbage' } }],
    act: usageAfterSleep('Creative'),
    message: ownError('read the server’s usage'),
    undo: [{ do: 'fault', server: 'Creative', fault: null }],
  },
  {
    what: '403 HttpForbiddenException: no permission for the socket',
    orders: [],
    act: openConsole('Rust Belt'),
    message: messagesExcept(noSocket('websocket.connect'), { reference: noSocket('admin.websocket') }),
    undo: [permit('Rust Belt', [...everything, 'websocket.connect'])],
  },
  {
    what: 'command: the node drops the connection',
    orders: [{ do: 'fault', server: 'Survival', fault: { kind: 'reset' } }],
    act: unsureCommand('Survival', 'say one'),
    message: nodeDown('send the command', unsure.command),
    undo: [whole],
  },
  {
    what: 'command, 403: a permission that was taken away',
    orders: withdrawPermission('Survival', 'control.console'),
    act: command('Survival', 'say two'),
    message: {
      says: '{panel} does not let your account send the command: it lacks the permission control.console.',
      next: 'Ask the server’s owner for control.console.',
    },
    undo: restorePermissions('Survival'),
    isAskedAgain: true,
  },
];
