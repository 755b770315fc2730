/** Answers of the four panels to the same request, where 1.12 or Pelican differ (PROTOCOL 0, 2, 3 and 8). */
import { afterEach, describe, expect, test } from 'vitest';
import { errorOf, PanelRig, type Answer, type PanelRigOptions } from '../../tests/support/panel-rig.js';
import { demoSeed } from '../data/seed.js';
import { PELICAN_WINGS, WINGS_111, WINGS_112 } from '../wings/limits.js';
import { dialects } from './dialects.js';
import { longIdentifier } from './identifiers.js';

const names = ['panel-1.11', 'reference', 'panel-1.12', 'pelican'] as const;
type Told = Readonly<Record<(typeof names)[number], unknown>>;

let rig: PanelRig;
afterEach(() => rig.end());

async function start(dialect: string, options: PanelRigOptions = {}): Promise<PanelRig> {
  rig = await PanelRig.start({ ...options, dialect });
  return rig;
}

function pick(answer: Answer, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    answer.body,
  );
}

interface Row {
  about: string;
  ask: (rig: PanelRig) => Promise<unknown>;
  told: Told;
}

const everywhere = (told: unknown): Told =>
  Object.fromEntries(names.map((name) => [name, told])) as unknown as Told;
const variable = (key: string, value: unknown) => (panel: PanelRig) =>
  panel.on('owner', 'Creative', 'PUT', '/startup/variable', { key, value });

const rows: Row[] = [
  {
    about: 'calls a minute',
    ask: async (panel) => (await panel.ask('owner', 'GET', '/account')).headers['x-ratelimit-limit'],
    told: { 'panel-1.11': '720', reference: '720', 'panel-1.12': '256', pelican: '256' },
  },
  {
    about: 'which limit a socket token shows',
    ask: async (panel) => {
      const { headers } = await panel.on('owner', 'Survival', 'GET', '/websocket');
      return [headers['x-ratelimit-limit'], headers['x-ratelimit-remaining']];
    },
    told: {
      'panel-1.11': ['720', '719'],
      reference: ['720', '719'],
      'panel-1.12': ['5', '4'],
      pelican: ['5', '4'],
    },
  },
  {
    about: 'the sixth socket token of a server',
    ask: async (panel) => {
      for (const who of ['owner', 'subuser', 'admin', 'owner', 'admin'] as const) {
        await panel.on(who, 'Survival', 'GET', '/websocket');
      }
      return errorOf(await panel.on('owner', 'Survival', 'GET', '/websocket'));
    },
    told: {
      ...everywhere('200'),
      'panel-1.12': '429 ThrottleRequestsException',
      pelican: '429 ThrottleRequestsException',
    },
  },
  {
    about: 'the long identifier as an address',
    ask: async (panel) => {
      const id = longIdentifier(panel.server('Survival'));
      const answers = await Promise.all(
        [id, id.toLowerCase()].map((each) => panel.ask('owner', 'GET', `/servers/${each}`)),
      );
      return answers.map(errorOf);
    },
    told: {
      ...everywhere(['404 NotFoundHttpException', '404 NotFoundHttpException']),
      'panel-1.12': ['200', '200'],
    },
  },
  {
    about: 'an unknown variable',
    ask: async (panel) => errorOf(await variable('NOPE', 'x')(panel)),
    told: {
      'panel-1.11': '500 ErrorException',
      reference: '422 ValidationException',
      'panel-1.12': '400 BadRequestHttpException',
      pelican: '400 BadRequestHttpException',
    },
  },
  {
    about: '`in` with a number that looks different',
    ask: async (panel) => {
      const own = panel.world
        .eggOf(panel.server('Creative'))
        .variables.find((each) => each.env === 'DIFFICULTY');
      if (own) own.rules = 'required|in:0,1,2';
      return errorOf(await variable('DIFFICULTY', '01')(panel));
    },
    told: { ...everywhere('200'), pelican: '422 ValidationException' },
  },
  {
    about: 'a pattern with pipes, kept in a list of rules',
    ask: async (panel) => {
      const own = panel.world
        .eggOf(panel.server('Creative'))
        .variables.find((each) => each.env === 'DIFFICULTY');
      if (own) own.rules = ['required', 'regex:/^(easy|hard)$/'];
      const { body } = await panel.on('owner', 'Creative', 'GET', '/startup');
      const shown = JSON.stringify(body).includes('required|regex:/^(easy|hard)$/');
      return [shown, errorOf(await variable('DIFFICULTY', 'hard')(panel))];
    },
    told: { ...everywhere([true, '500 ErrorException']), pelican: [true, '200'] },
  },
  {
    about: 'a number as the value of a variable',
    ask: async (panel) => {
      const answer = await variable('VIEW_DISTANCE', 12)(panel);
      return [errorOf(answer), /save ([\w\\]+):/.exec(String(pick(answer, 'errors', 0, 'detail')))?.[1]];
    },
    told: {
      ...everywhere(['500 DataValidationException', 'Pterodactyl\\Models\\ServerVariable']),
      pelican: ['200', undefined],
    },
  },
  {
    about: 'an image that is local to the node',
    ask: async (panel) => {
      const server = panel.server('Creative');
      const egg = panel.world.eggOf(server);
      egg.dockerImages = { ...egg.dockerImages, Local: '~registry/own:1' };
      const wish = { docker_image: '~registry/own:1' };
      return errorOf(await panel.on('owner', 'Creative', 'PUT', '/settings/docker-image', wish));
    },
    told: {
      'panel-1.11': '422 ValidationException',
      reference: '422 ValidationException',
      'panel-1.12': '204',
      pelican: '204',
    },
  },
  {
    about: 'which rules a wrong image breaks',
    ask: async (panel) => {
      const wish = { docker_image: `ä${'x'.repeat(200)}` };
      const { body } = await panel.on('owner', 'Creative', 'PUT', '/settings/docker-image', wish);
      return (body as { errors: { meta: { rule: string } }[] }).errors.map((each) => each.meta.rule);
    },
    told: { ...everywhere(['max', 'regex', 'in']), pelican: ['in'] },
  },
  {
    about: 'how long a name may be',
    ask: async (panel) => {
      const { uuid } = panel.server('Skyblock');
      const rename = (length: number) =>
        panel.ask('owner', 'POST', `/servers/${uuid}/settings/rename`, { name: 'n'.repeat(length) });
      const answers = [await rename(191), await rename(192), await rename(255), await rename(256)];
      return answers.map((each) => each.status);
    },
    told: {
      'panel-1.11': [204, 422, 422, 422],
      reference: [204, 204, 204, 422],
      'panel-1.12': [204, 422, 422, 422],
      pelican: [204, 204, 204, 422],
    },
  },
  {
    about: 'a description beside a new name',
    ask: async (panel) => {
      await panel.on('owner', 'Skyblock', 'POST', '/settings/rename', { name: 'Sky', description: 'New.' });
      return [panel.server('Sky').name, panel.server('Sky').description];
    },
    told: { ...everywhere(['Sky', 'New.']), pelican: ['Sky', 'One tree, one chest.'] },
  },
  {
    about: 'a description by itself',
    ask: async (panel) => {
      const wish = { description: ' New. ' };
      const answer = await panel.on('owner', 'Skyblock', 'POST', '/settings/description', wish);
      return [errorOf(answer), panel.server('Skyblock').description];
    },
    told: {
      ...everywhere(['404 NotFoundHttpException', 'One tree, one chest.']),
      pelican: ['204', 'New.'],
    },
  },
  {
    about: 'a command to a stopped server',
    ask: async (panel) =>
      errorOf(await panel.on('owner', 'Creative', 'POST', '/command', { command: 'list' })),
    told: {
      'panel-1.11': '502 HttpException',
      reference: '400 ConflictingServerStateException',
      'panel-1.12': '502 HttpException',
      pelican: '204',
    },
  },
  {
    about: 'power while the node is down, and while it refuses',
    ask: async (panel) => {
      const power = () => panel.on('owner', 'Survival', 'POST', '/power', { signal: 'stop' });
      panel.gateway.setFault(panel.server('Survival'), { kind: 'reset' });
      const down = errorOf(await power());
      panel.gateway.setFault(panel.server('Survival'), { kind: 'refuse', status: 403, message: 'No.' });
      return [down, errorOf(await power())];
    },
    told: {
      ...everywhere(['504 DaemonConnectionException', '403 DaemonConnectionException']),
      pelican: ['500 ConnectionException', '500 RequestException'],
    },
  },
  {
    about: 'usage while the node is down',
    ask: async (panel) => {
      await panel.nodes.get(1)?.stop();
      const answer = await panel.on('owner', 'Survival', 'GET', '/resources');
      return [errorOf(answer), pick(answer, 'attributes', 'current_state')];
    },
    told: { ...everywhere(['504 DaemonConnectionException', undefined]), pelican: ['200', 'missing'] },
  },
  {
    about: 'a signal that does not exist, from a subuser',
    ask: async (panel) =>
      errorOf(await panel.on('subuser', 'Survival', 'POST', '/power', { signal: 'explode' })),
    told: {
      'panel-1.11': '403 AccessDeniedHttpException',
      reference: '403 InsufficientPermissionsException',
      'panel-1.12': '403 AccessDeniedHttpException',
      pelican: '422 ValidationException',
    },
  },
  {
    about: 'a second factor that the panel demands',
    ask: async (panel) => {
      panel.state.twoFactorRequired = true;
      return errorOf(await panel.ask('owner', 'GET', ''));
    },
    told: { ...everywhere('400 TwoFactorAuthRequiredException'), pelican: '200' },
  },
  {
    about: 'the way to the login',
    ask: async (panel) => {
      const { status, headers } = await panel.ask(null, 'GET', '/account', null, { accept: '*/*' });
      return [status, String(headers['location']).replace(panel.panel.url, '')];
    },
    told: { ...everywhere([302, '/auth/login']), pelican: [302, '/login'] },
  },
  {
    about: 'the cookie of the other kind of panel',
    ask: async (panel) => {
      const path = `/servers/${panel.server('Creative').uuid}/power`;
      const cookies = ['pterodactyl_session=x', 'a=b; pelican_session=x'];
      const answers = await Promise.all(
        cookies.map((cookie) => panel.ask('owner', 'POST', path, { signal: 'start' }, { cookie })),
      );
      return answers.map((each) => each.status);
    },
    told: { ...everywhere([419, 204]), pelican: [204, 419] },
  },
  {
    about: 'a root admin and the socket of a suspended server',
    ask: async (panel) => {
      panel.server('Survival').status = 'suspended';
      const who = ['admin', 'owner'] as const;
      return Promise.all(
        who.map(async (each) => (await panel.on(each, 'Survival', 'GET', '/websocket')).status),
      );
    },
    told: { ...everywhere([409, 409]), reference: [400, 400], pelican: [200, 409] },
  },
  {
    about: 'the account',
    ask: async (panel) =>
      Object.keys(pick(await panel.ask('admin', 'GET', '/account'), 'attributes') as object).sort(),
    told: {
      ...everywhere(['admin', 'email', 'first_name', 'id', 'language', 'last_name', 'username']),
      pelican: [
        '2fa_enabled',
        ...[
          'admin',
          'created_at',
          'email',
          'image',
          'language',
          'root_admin',
          'updated_at',
          'username',
          'uuid',
        ],
      ],
    },
  },
  {
    about: 'what a server is called',
    ask: async (panel) => {
      const answer = await panel.on('owner', 'Survival', 'GET');
      const fields = ['identifier', '__deprecated_uuid_short', 'server_identifier'];
      return fields.map((field) => pick(answer, 'attributes', field));
    },
    told: {
      ...everywhere(['3f0c8b1e', undefined, undefined]),
      'panel-1.12': ['3f0c8b1e', '3f0c8b1e', 'serv_1Z1J5HWTJJ9M5RM3KFBM7JM6R1'],
    },
  },
];

for (const dialect of names) {
  describe(dialect, () => {
    for (const { about, ask, told } of rows) {
      test(about, async () => {
        expect(await ask(await start(dialect))).toEqual(told[dialect]);
      });
    }
  });
}

describe('panel-1.12', () => {
  test('may put the long identifier first', async () => {
    await start('panel-1.12');
    rig.state.longIdentifiers = true;
    const answer = await rig.on('owner', 'Survival', 'GET');
    const { identifier, ...others } = pick(answer, 'attributes') as Record<string, unknown>;
    expect(identifier).toBe(others['server_identifier']);
    expect(others['__deprecated_uuid_short']).toBe('3f0c8b1e');
  });
});

describe('every dialect', () => {
  test('has nodes of its version', () => {
    expect(Object.values(dialects).map((each) => each.wings)).toEqual([
      WINGS_111,
      WINGS_111,
      WINGS_112,
      PELICAN_WINGS,
    ]);
  });

  test.each([
    ['panel-1.12', /^ptlc_[A-Za-z0-9]{43}$/],
    ['pelican', /^pacc_[A-Za-z0-9]{43}$/],
  ])('%s has keys with its prefix', (name, shape) => {
    const dialect = dialects[name];
    if (!dialect) throw new Error(`There is no ${name}.`);
    const seed = demoSeed('2026-01-01T00:00:00.000Z', dialect);
    for (const { token } of seed.keys) expect(token).toMatch(shape);
    expect(seed.servers.some((server) => server.allocations.length === 0)).toBe(name === 'pelican');
    expect(seed.servers.some((server) => server.limits.io === 0)).toBe(name === 'pelican');
  });
});
