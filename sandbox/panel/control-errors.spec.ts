/** Every error of PROTOCOL 3.2 and 3.3, caused by control orders only, as in tests of the application. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ControlStage, errorLine, type Order } from '../../tests/support/control-stage.js';
import type { RawAnswer } from '../../tests/support/raw-http.js';

let stage: ControlStage;
beforeEach(() => {
  stage = new ControlStage();
});
afterEach(() => stage.stop());

const real = ['panel-1.11', 'panel-1.12'];
const pterodactyl = [...real, 'reference'];
const all = [...pterodactyl, 'pelican'];
const real3 = [...real, 'pelican'];

const power = () => stage.on('owner', 'Survival', 'POST', '/power', { signal: 'stop' });
const command = () => stage.on('owner', 'Creative', 'POST', '/command', { command: 'list' });
const reinstall = () => stage.on('owner', 'Creative', 'POST', '/settings/reinstall');
const usage = () => stage.on('owner', 'Survival', 'GET', '/resources');
const socket = () => stage.on('subuser', 'Survival', 'GET', '/websocket');
const account = () => stage.ask('owner', 'GET', '/account');
const list = () => stage.ask('owner', 'GET', '');
const difficulty = () =>
  stage.on('owner', 'Creative', 'PUT', '/startup/variable', { key: 'DIFFICULTY', value: 'easy' });
const image = () =>
  stage.on('owner', 'Creative', 'PUT', '/settings/docker-image', {
    docker_image: 'ghcr.io/pterodactyl/yolks:java_17',
  });

const survival = { server: 'Survival' };
const refuses = (status: number, message = 'No.', fromProxy = false): Order => ({
  do: 'fault',
  ...survival,
  fault: { kind: 'refuse', status, message, fromProxy },
});

interface Row {
  about: string;
  in: readonly string[];
  orders: Order[];
  ask: () => Promise<RawAnswer>;
  told: RegExp;
}

const rows: Row[] = [
  {
    about: 'a variable that became read-only',
    in: real3,
    orders: [{ do: 'variable', server: 'Creative', key: 'DIFFICULTY', editable: false }],
    ask: difficulty,
    told: /^400 BadRequestHttpException: .*read-only/,
  },
  {
    about: 'a variable that became read-only',
    in: ['reference'],
    orders: [{ do: 'variable', server: 'Creative', key: 'DIFFICULTY', editable: false }],
    ask: difficulty,
    told: /^400 BadRequestException: This environment variable is not editable/,
  },
  {
    about: 'a variable that was hidden',
    in: all,
    orders: [{ do: 'variable', server: 'Creative', key: 'DIFFICULTY', viewable: false }],
    ask: difficulty,
    told: /^400 BadRequestHttpException: .*does not exist/,
  },
  {
    about: 'a variable that was removed',
    in: ['panel-1.12', 'pelican'],
    orders: [{ do: 'remove-variable', server: 'Creative', key: 'DIFFICULTY' }],
    ask: difficulty,
    told: /^400 BadRequestHttpException: .*does not exist/,
  },
  {
    about: 'a variable that was removed',
    in: ['panel-1.11'],
    orders: [{ do: 'remove-variable', server: 'Creative', key: 'DIFFICULTY' }],
    ask: difficulty,
    told: /^500 ErrorException: An unexpected error/,
  },
  {
    about: 'a variable that was removed',
    in: ['reference'],
    orders: [{ do: 'remove-variable', server: 'Creative', key: 'DIFFICULTY' }],
    ask: difficulty,
    told: /^422 ValidationException: The selected key is invalid/,
  },
  {
    about: 'an image of an administrator',
    in: all,
    orders: [{ do: 'image', server: 'Creative', image: 'registry.example/own:1' }],
    ask: image,
    told: /^400 BadRequestHttpException: .*manually set by an administrator/,
  },
  {
    about: 'two-factor authentication',
    in: pterodactyl,
    orders: [{ do: 'panel', twoFactorRequired: true }],
    ask: list,
    told: /^400 TwoFactorAuthRequiredException: /,
  },
  {
    about: 'a key that was removed',
    in: real3,
    orders: [{ do: 'revoke-keys', user: 'owner' }],
    ask: account,
    told: /^401 AuthenticationException: Unauthenticated\./,
  },
  {
    about: 'a key that was removed',
    in: ['reference'],
    orders: [{ do: 'revoke-keys', user: 'owner' }],
    ask: account,
    told: /^401 InvalidCredentialsException: Invalid API key/,
  },
  {
    about: 'a key that has run out',
    in: real3,
    orders: [{ do: 'keys', user: 'owner', expired: true }],
    ask: account,
    told: /^401 AuthenticationException: Unauthenticated\./,
  },
  {
    about: 'a key for other addresses',
    in: all,
    orders: [{ do: 'keys', user: 'owner', allowedIps: ['192.0.2.0/24'] }],
    ask: account,
    told: /^403 AccessDeniedHttpException: This IP address \(127\.0\.0\.1\) does not have permission/,
  },
  {
    about: 'an application key',
    in: all,
    orders: [{ do: 'keys', user: 'owner', kind: 'application' }],
    ask: account,
    told: /^403 AccessDeniedHttpException: .*application API key/,
  },
  {
    about: 'a permission that was taken away',
    in: real3,
    orders: [{ do: 'permissions', ...survival, user: 'subuser', permissions: ['websocket.connect'] }],
    ask: () => stage.on('subuser', 'Survival', 'POST', '/power', { signal: 'start' }),
    told: /^403 AccessDeniedHttpException: This action is unauthorized\./,
  },
  {
    about: 'a permission that was taken away',
    in: ['reference'],
    orders: [{ do: 'permissions', ...survival, user: 'subuser', permissions: ['websocket.connect'] }],
    ask: () => stage.on('subuser', 'Survival', 'POST', '/power', { signal: 'start' }),
    told: /^403 InsufficientPermissionsException: .*'control\.start'/,
  },
  {
    about: 'a socket without the permission',
    in: real3,
    orders: [{ do: 'permissions', ...survival, user: 'subuser', permissions: ['control.start'] }],
    ask: socket,
    told: /^403 HttpForbiddenException: You do not have permission to connect/,
  },
  {
    about: 'a description that is locked',
    in: ['pelican'],
    orders: [{ do: 'panel', descriptionsLocked: true }],
    ask: () => stage.on('owner', 'Survival', 'POST', '/settings/description', { description: 'x' }),
    told: /^403 \[\]$/,
  },
  {
    about: 'a server that was removed',
    in: all,
    orders: [{ do: 'remove-server', ...survival }],
    ask: power,
    told: /^404 NotFoundHttpException: The requested resource could not be found on the server\./,
  },
  {
    about: 'a server that was given away',
    in: all,
    orders: [{ do: 'owner', ...survival, user: 'admin' }],
    ask: power,
    told: /^404 NotFoundHttpException: The requested resource does not exist on this server\./,
  },
  {
    about: 'access that was taken away',
    in: all,
    orders: [{ do: 'permissions', ...survival, user: 'subuser', permissions: null }],
    ask: socket,
    told: /^404 NotFoundHttpException: The requested resource does not exist on this server\./,
  },
  {
    about: 'too many calls',
    in: real3,
    orders: [{ do: 'use-up', user: 'owner' }],
    ask: account,
    told: /^429 ThrottleRequestsException: Too Many Attempts\./,
  },
  {
    about: 'too many calls',
    in: ['reference'],
    orders: [{ do: 'use-up', user: 'owner' }],
    ask: account,
    told: /^409 TooManyRequestsHttpException: Rate limit exceeded/,
  },
  {
    about: 'too many socket tokens',
    in: ['panel-1.12', 'pelican'],
    orders: [{ do: 'use-up-tokens', ...survival }],
    ask: socket,
    told: /^429 ThrottleRequestsException: Too Many Attempts\./,
  },
  {
    about: 'rules that no validator knows',
    in: all,
    orders: [{ do: 'variable', server: 'Creative', key: 'DIFFICULTY', rules: 'required|port' }],
    ask: difficulty,
    told: /^500 BadMethodCallException: An unexpected error/,
  },
  {
    about: 'rules that became stricter',
    in: all,
    orders: [{ do: 'variable', server: 'Creative', key: 'DIFFICULTY', rules: 'required|in:hard' }],
    ask: difficulty,
    told: /^422 ValidationException: The selected value is invalid\./,
  },
  {
    about: 'a database that is down',
    in: all,
    orders: [{ do: 'panel', databaseDown: true }],
    ask: account,
    told: /^500 QueryException: An unexpected error/,
  },
  {
    about: 'a command to a stopped server',
    in: real,
    orders: [],
    ask: command,
    told: /^502 HttpException: Server must be online in order to send commands\./,
  },
  {
    about: 'a command to a stopped server',
    in: ['reference'],
    orders: [],
    ask: command,
    told: /^400 ConflictingServerStateException: Cannot send command to stopped server\./,
  },
  { about: 'a command to a stopped server', in: ['pelican'], orders: [], ask: command, told: /^204$/ },
  {
    about: 'maintenance',
    in: all,
    orders: [{ do: 'panel', maintenance: { retryAfter: 30 } }],
    ask: account,
    told: /^503 HttpException: Service Unavailable/,
  },
  ...['reset', 'hang'].flatMap((kind): Row[] =>
    [power, usage].map((ask) => ({
      about: `a node with the fault ${kind}`,
      in: pterodactyl,
      orders: [{ do: 'fault', ...survival, fault: { kind } }],
      ask,
      told: /^504 DaemonConnectionException: Could not establish a connection/,
    })),
  ),
  {
    about: 'a node that is down',
    in: pterodactyl,
    orders: [{ do: 'node-down', node: 'Harbor' }],
    ask: reinstall,
    told: /^504 DaemonConnectionException: /,
  },
  {
    about: 'a node that is down',
    in: ['pelican'],
    orders: [{ do: 'node-down', node: 'Harbor' }],
    ask: reinstall,
    told: /^500 ConnectionException: An unexpected error/,
  },
  {
    about: 'usage of a node that is down',
    in: ['pelican'],
    orders: [{ do: 'node-down', node: 'Harbor' }],
    ask: usage,
    told: /^200 \{"object"/,
  },
  ...[401, 403, 404, 409].map((status): Row => ({
    about: `a node that refuses with ${status}`,
    in: pterodactyl,
    orders: [refuses(status)],
    ask: power,
    told: new RegExp(`^${status} DaemonConnectionException: An error occurred on the remote host: No\\.`),
  })),
  ...[500, 503, 521].map((status): Row => ({
    about: `a node that fails with ${status}`,
    in: pterodactyl,
    orders: [refuses(status, '', status === 521)],
    ask: power,
    told: new RegExp(`^${status} DaemonConnectionException: There was an error .*code: ${status}`),
  })),
  {
    about: 'a node that answers below 400',
    in: pterodactyl,
    orders: [refuses(302)],
    ask: power,
    told: /^502 DaemonConnectionException: /,
  },
  {
    about: 'a node that refuses',
    in: ['pelican'],
    orders: [refuses(403)],
    ask: power,
    told: /^500 RequestException: An unexpected error/,
  },
  {
    about: 'a node that talks nonsense',
    in: pterodactyl,
    orders: [{ do: 'fault', ...survival, fault: { kind: 'garbage' } }],
    ask: usage,
    told: /^500 TypeError: /,
  },
  ...[502, 503, 520].map((status): Row => ({
    about: `a proxy's own ${status}`,
    in: all,
    orders: [{ do: 'proxy', answer: { status, path: '/power' } }],
    ask: power,
    told: new RegExp(`^${status} <!DOCTYPE`),
  })),
  {
    about: 'an error that no request provokes',
    in: all,
    orders: [
      {
        do: 'error',
        error: { status: 419, code: 'HttpException', detail: 'CSRF token mismatch.', method: 'POST' },
      },
    ],
    ask: power,
    told: /^419 HttpException: CSRF token mismatch\.$/,
  },
  {
    about: 'an exception of any class',
    in: all,
    orders: [{ do: 'error', error: { status: 500, code: 'LogicException' } }],
    ask: power,
    told: /^500 LogicException: An unexpected error/,
  },
];

for (const dialect of all) {
  describe(dialect, () => {
    for (const row of rows.filter((each) => each.in.includes(dialect))) {
      test(`${row.about}: ${row.told.source.slice(1, 40)}`, async () => {
        await stage.start(dialect);
        for (const order of row.orders) expect(await stage.order(order)).toMatchObject({ status: 200 });
        expect(errorLine(await row.ask())).toMatch(row.told);
      });
    }
  });
}
