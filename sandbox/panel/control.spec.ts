import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ControlStage, errorLine } from '../../tests/support/control-stage.js';

let stage: ControlStage;
beforeEach(() => {
  stage = new ControlStage();
});
afterEach(() => stage.stop());

const survival = { server: 'Survival' };
const account = () => stage.ask('owner', 'GET', '/account');

describe('orders', () => {
  test('a disturbance ends after its number of requests, or when it is withdrawn', async () => {
    await stage.start('panel-1.11');
    await stage.order({ do: 'proxy', answer: { status: 502, times: 1, method: 'GET', path: '/account' } });
    expect((await stage.ask('owner', 'GET', '')).status).toBe(200);
    expect([(await account()).status, (await account()).status]).toEqual([502, 200]);
    await stage.order({ do: 'proxy', answer: { status: 301, location: 'https://elsewhere.example/' } });
    const moved = await account();
    expect([moved.status, moved.headers['location']]).toEqual([301, 'https://elsewhere.example/']);
    await stage.order({ do: 'proxy', answer: null });
    expect((await account()).status).toBe(200);
  });

  test('limits are used up to the given rest, and reset', async () => {
    await stage.start('panel-1.12');
    await stage.order({ do: 'use-up', user: 'owner', left: 1 });
    expect((await account()).headers['x-ratelimit-remaining']).toBe('0');
    expect((await account()).status).toBe(429);
    await stage.order({ do: 'refill' });
    expect((await account()).headers['x-ratelimit-remaining']).toBe('255');
  });

  test('keys of any kind can be created', async () => {
    await stage.start('pelican');
    const { result } = await stage.order({ do: 'add-key', user: 'owner', kind: 'application' });
    expect(result).toMatch(/^papp_/);
    expect(errorLine(await stage.ask({ key: String(result) }, 'GET', '/account'))).toMatch(/^403 /);
    const expired = await stage.order({ do: 'add-key', user: 'owner', expired: true });
    expect((await stage.ask({ key: String(expired.result) }, 'GET', '/account')).status).toBe(401);
  });

  test('a look returns the true state of a server', async () => {
    await stage.start('panel-1.11');
    await stage.order({ do: 'edit', ...survival, description: 'Told by the host.' });
    await stage.order({
      do: 'allocations',
      ...survival,
      allocations: [{ ip: '192.0.2.1', port: 25570 }],
    });
    await stage.on('owner', 'Survival', 'POST', '/power', { signal: 'stop' });
    const { result } = await stage.order({ do: 'look', ...survival });
    expect(result).toMatchObject({
      name: 'Survival',
      description: 'Told by the host.',
      status: null,
      state: 'offline',
      transferring: false,
      image: 'ghcr.io/pterodactyl/yolks:java_21',
      values: { DIFFICULTY: 'normal' },
      allocations: [{ ip: '192.0.2.1', port: 25570, alias: null, notes: null }],
      owner: 'olive',
      permissions: { sam: ['websocket.connect', 'control.console', 'control.start', 'startup.read'] },
      passedOn: ['power stop'],
    });
  });

  test('roles are those of the dialect', async () => {
    await stage.start('panel-1.11');
    expect(await stage.order({ do: 'role', user: 'subuser', role: 'viewer' })).toMatchObject({ status: 400 });
    await stage.order({ do: 'role', user: 'subuser', role: 'admin' });
    expect((await stage.on('subuser', 'Rust Belt', 'GET', '')).status).toBe(200);
  });

  test.each([
    [{ do: 'suspend', server: 'Nowhere' }, 'There is no server Nowhere.'],
    [{ do: 'variable', server: 'Creative', key: 'NOPE' }, 'There is no variable NOPE.'],
    [{ do: 'use-up-tokens', server: 'Creative' }, 'There is no limit of socket tokens in panel-1.11.'],
  ])('%j names an unknown object', async (order, sentence) => {
    await stage.start('panel-1.11');
    expect(await stage.order(order)).toMatchObject({ status: 400, error: sentence });
  });

  test('an unknown order is refused', async () => {
    await stage.start('panel-1.11');
    expect(await stage.order({ do: 'explode' })).toMatchObject({ status: 400 });
    expect(await stage.order({ do: 'look', server: 'Survival', more: 1 })).toMatchObject({ status: 400 });
  });
});
