import { afterEach, describe, expect, test } from 'vitest';
import { errorOf, PanelRig, type Answer, type PanelRigOptions } from '../../tests/support/panel-rig.js';
import { dialects } from './dialects.js';

const rigs: PanelRig[] = [];
afterEach(async () => {
  await Promise.all(rigs.splice(0).map((rig) => rig.end()));
});

async function both(options: PanelRigOptions = {}): Promise<[real: PanelRig, reference: PanelRig]> {
  const pair = await Promise.all([
    PanelRig.start({ ...options, dialect: 'panel-1.11' }),
    PanelRig.start({ ...options, dialect: 'reference' }),
  ]);
  rigs.push(...pair);
  return pair;
}

/** Sends the same request to both panels. */
async function ask(
  pair: readonly PanelRig[],
  question: (rig: PanelRig) => Promise<Answer>,
): Promise<[Answer, Answer]> {
  const [real, reference] = await Promise.all(pair.map(question));
  if (!real || !reference) throw new Error('Two were asked.');
  return [real, reference];
}

function pick(answer: Answer, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    answer.body,
  );
}

describe('where the reference and the real panel disagree', () => {
  test('D1: an action in a wrong state', async () => {
    const [a, b] = await ask(await both(), (rig) =>
      rig.on('owner', 'Hardcore Season 4', 'POST', '/power', { signal: 'start' }),
    );
    expect(errorOf(a)).toBe('409 ServerStateConflictException');
    expect(errorOf(b)).toBe('400 ConflictingServerStateException');
    expect(pick(b, 'errors', 0, 'detail')).toBe(
      'Cannot perform power action, server is currently installing.',
    );
  });

  test('D2: start while running', async () => {
    const pair = await both();
    for (const rig of pair) rig.uses('Survival', { state: 'running' });
    const [a, b] = await ask(pair, (rig) =>
      rig.on('owner', 'Survival', 'POST', '/power', { signal: 'start' }),
    );
    expect(a.status).toBe(204);
    expect(errorOf(b)).toBe('400 ConflictingServerStateException');
    expect(pair[1].nodes.get(1)?.asked).toEqual([]);
  });

  test('D3: a command to a stopped server', async () => {
    const [a, b] = await ask(await both(), (rig) =>
      rig.on('owner', 'Creative', 'POST', '/command', { command: 'list' }),
    );
    expect(errorOf(a)).toBe('502 HttpException');
    expect(errorOf(b)).toBe('400 ConflictingServerStateException');
  });

  test('D4: a bad key', async () => {
    const [a, b] = await ask(await both(), (rig) =>
      rig.ask(null, 'GET', '/account', null, { authorization: 'Bearer ptlc_wrong' }),
    );
    expect(errorOf(a)).toBe('401 AuthenticationException');
    expect(errorOf(b)).toBe('401 InvalidCredentialsException');
  });

  test('D5 and D22: a missing permission, and the names of permissions', async () => {
    const pair = await both();
    const [a, b] = await ask(pair, (rig) =>
      rig.on('subuser', 'Survival', 'POST', '/power', { signal: 'kill' }),
    );
    expect(errorOf(a)).toBe('403 AccessDeniedHttpException');
    expect(errorOf(b)).toBe('403 InsufficientPermissionsException');
    expect(pick(b, 'errors', 0, 'detail')).toBe("This action requires the 'control.kill' permission.");
    for (const rig of pair) rig.server('Survival').subusers = [];
    for (const rig of pair) {
      rig.server('Survival').subusers = [{ userId: 3, permissions: ['control.stop'], createdAt: '' }];
    }
    const sockets = await ask(pair, (rig) => rig.on('subuser', 'Survival', 'GET', '/websocket'));
    expect(sockets.map(errorOf)).toEqual([
      '403 HttpForbiddenException',
      '403 InsufficientPermissionsException',
    ]);
    const kills = await ask(pair, (rig) =>
      rig.on('subuser', 'Survival', 'POST', '/power', { signal: 'kill' }),
    );
    expect(kills.map((answer) => answer.status)).toEqual([204, 204]);
  });

  test('D6: too many calls', async () => {
    const pair = await both({ clientLimit: 1 });
    await ask(pair, (rig) => rig.ask('owner', 'GET', '/account'));
    const answers = await ask(pair, (rig) => rig.ask('owner', 'GET', '/account'));
    expect(answers.map(errorOf)).toEqual([
      '429 ThrottleRequestsException',
      '409 TooManyRequestsHttpException',
    ]);
    expect(answers.map((answer) => answer.headers['retry-after'])).toEqual(['60', '60']);
  });

  test('D7: the content of a validation error', async () => {
    const [a, b] = await ask(await both(), (rig) =>
      rig.on('owner', 'Creative', 'PUT', '/startup/variable', { key: 'DIFFICULTY', value: 'brutal' }),
    );
    expect(pick(a, 'errors', 0, 'meta')).toEqual({ source_field: 'value', rule: 'in' });
    expect(pick(b, 'errors', 0, 'meta')).toEqual({ rule: 'in' });
  });

  test('D8 and D9: unknown and read-only variables', async () => {
    const pair = await both();
    const unknown = await ask(pair, (rig) =>
      rig.on('owner', 'Creative', 'PUT', '/startup/variable', { key: 'NOPE', value: 'x' }),
    );
    expect(unknown.map(errorOf)).toEqual(['500 ErrorException', '422 ValidationException']);
    const fixed = await ask(pair, (rig) =>
      rig.on('owner', 'Rust Belt', 'PUT', '/startup/variable', { key: 'RCON_PORT', value: '1' }),
    );
    expect(fixed.map(errorOf)).toEqual(['400 BadRequestHttpException', '400 BadRequestException']);
  });

  test('D10 and D11: images and start commands the other way round', async () => {
    const [a, b] = await ask(await both(), (rig) => rig.on('owner', 'Skyblock', 'GET', '/startup'));
    expect(pick(a, 'meta', 'docker_images', 'Java 21')).toBe('ghcr.io/pterodactyl/yolks:java_21');
    expect(pick(b, 'meta', 'docker_images', 'ghcr.io/pterodactyl/yolks:java_21')).toBe('Java 21');
    expect(pick(a, 'meta', 'raw_startup_command')).toContain('{{SERVER_JARFILE}}');
    expect(pick(b, 'meta', 'startup_command')).toBe(pick(a, 'meta', 'raw_startup_command'));
    expect(pick(b, 'meta', 'raw_startup_command')).toBe(
      'java -Xms256M -Xmx1536M -jar server.jar --port 25504',
    );
  });

  test('D12: the memory limit in resources', async () => {
    const pair = await both();
    for (const rig of pair) rig.uses('Survival', {});
    const [a, b] = await ask(pair, (rig) => rig.on('owner', 'Survival', 'GET', '/resources'));
    expect(pick(a, 'attributes', 'resources')).not.toHaveProperty('memory_limit_bytes');
    expect(pick(b, 'attributes', 'resources', 'memory_limit_bytes')).toBe(2000);
  });

  test('D13 to D16: the fields of a server', async () => {
    const pair = await both();
    for (const rig of pair) rig.uses('Survival', { state: 'running' });
    const [a, b] = await ask(pair, (rig) => rig.on('subuser', 'Survival', 'GET'));
    const rights = ['websocket.connect', 'control.console', 'control.start', 'startup.read'];
    expect(pick(a, 'meta', 'user_permissions')).toEqual(rights);
    expect(pick(a, 'attributes')).not.toHaveProperty('user_permissions');
    expect(pick(b, 'attributes', 'user_permissions')).toEqual(['admin.websocket', ...rights.slice(1)]);
    expect(b.body).not.toHaveProperty('meta');
    expect([pick(a, 'attributes', 'status'), pick(b, 'attributes', 'status')]).toEqual([null, 'running']);
    expect(pick(a, 'attributes')).toHaveProperty('relationships');
    expect(pick(b, 'attributes')).not.toHaveProperty('relationships');
    expect(pick(a, 'attributes', 'limits')).toHaveProperty('oom_disabled');
    expect(pick(b, 'attributes', 'limits')).not.toHaveProperty('oom_disabled');
    expect(pick(b, 'attributes')).not.toHaveProperty('is_node_under_maintenance');
  });

  test('D13, D15 and D17: the list', async () => {
    const [a, b] = await ask(await both(), (rig) => rig.ask('owner', 'GET', ''));
    expect([a, b].map((each) => pick(each, 'meta', 'pagination', 'per_page'))).toEqual([50, 25]);
    expect(pick(b, 'data', 0, 'attributes', 'user_permissions')).toContain('control.kill');
    expect(pick(a, 'data', 0, 'attributes')).not.toHaveProperty('user_permissions');
    expect(pick(b, 'data', 0, 'attributes')).toHaveProperty('relationships');
  });

  test('D18: the longest name and description', async () => {
    const pair = await both();
    const rename = (name: number, description: number) =>
      ask(pair, (rig) =>
        rig.on('owner', 'Skyblock', 'POST', '/settings/rename', {
          name: 'n'.repeat(name),
          description: 'd'.repeat(description),
        }),
      );
    const answers = [await rename(192, 501)];
    expect(answers[0]?.map((each) => pick(each, 'errors', 0, 'meta', 'rule'))).toEqual(['max', 'max']);
    expect(pick((await rename(192, 501))[0], 'errors')).toHaveLength(1);
    expect((await rename(192, 500)).map((each) => each.status)).toEqual([422, 204]);
  });

  test('D20: the body of a reinstallation', async () => {
    const answers = await ask(await both(), (rig) =>
      rig.on('owner', 'Creative', 'POST', '/settings/reinstall'),
    );
    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [202, '[]'],
      [202, ''],
    ]);
  });

  test('D21: a changed variable', async () => {
    const [a, b] = await ask(await both(), (rig) =>
      rig.on('owner', 'Creative', 'PUT', '/startup/variable', { key: 'difficulty', value: ' hard ' }),
    );
    expect(pick(a, 'attributes', 'server_value')).toBe('hard');
    expect(a.body).toHaveProperty('meta.raw_startup_command');
    expect(b.body).not.toHaveProperty('meta');
  });

  test('D22: the list of permissions', async () => {
    const [a, b] = await ask(await both(), (rig) => rig.ask('owner', 'GET', '/permissions'));
    expect(pick(a, 'attributes', 'permissions', 'control', 'keys')).not.toHaveProperty('kill');
    expect(pick(b, 'attributes', 'permissions', 'control', 'keys')).toHaveProperty('kill');
    expect(pick(b, 'attributes', 'permissions', 'admin', 'keys')).toHaveProperty('websocket');
  });
});

test('each dialect is a row of the table', () => {
  expect(Object.keys(dialects)).toEqual(['panel-1.11', 'reference', 'panel-1.12', 'pelican']);
  for (const [name, dialect] of Object.entries(dialects)) expect(dialect.name).toBe(name);
});
