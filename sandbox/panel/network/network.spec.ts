/** Allocations (PROTOCOL 2.21) of each panel: limits, refusals, permissions, and where further ones come from. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { errorOf, PanelRig, type Answer } from '../../../tests/support/panel-rig.js';
import { dialects } from '../dialects.js';

let rig: PanelRig;
afterEach(() => rig.end());

interface Attributes {
  id: number;
  port: number;
  notes: string | null;
  is_default: boolean;
}
const detailOf = ({ body }: Answer) => (body as { errors: { detail: string }[] }).errors[0]?.detail;
const attributesOf = ({ body }: Answer) => (body as { attributes: Attributes }).attributes;

describe.each(Object.keys(dialects))('allocations of %s', (dialect) => {
  const isPelican = dialect === 'pelican';
  const isThrottled = isPelican || dialect === 'panel-1.12';
  beforeEach(async () => {
    rig = await PanelRig.start({ dialect });
    rig.state.allocationPorts = { from: 25_700, to: 25_702 };
    rig.server('Survival').featureLimits.allocations = 5;
  });

  const ask = (method: string, path = '', body: unknown = null, name = 'Survival') =>
    rig.on('owner', name, method, `/network/allocations${path}`, body);
  const all = async () =>
    ((await ask('GET')).body as { data: { attributes: Attributes }[] }).data.map(
      ({ attributes }) => attributes,
    );
  const events = () =>
    rig.panel.activity
      .listed(rig.server('Survival').uuid)
      .map(({ event, properties }) => [event, properties] as const);

  test('are listed by id, with notes and the default one', async () => {
    expect((await all()).map(({ id, notes, is_default }) => [id, notes, is_default])).toEqual([
      [10, 'Game', true],
      [11, 'RCON, for the bot', false],
      [12, 'Live map', false],
    ]);
  });

  test('a difference of notes alone is written down', async () => {
    for (const notes of ['Bot', 'Bot', '', null]) {
      expect(attributesOf(await ask('POST', '/11', { notes })).notes).toBe(notes === '' ? null : notes);
    }
    expect(events()).toEqual([
      ['server:allocation.notes', { allocation: '192.0.2.10:25575', old: 'Bot', new: null }],
      ['server:allocation.notes', { allocation: '192.0.2.10:25575', old: 'RCON, for the bot', new: 'Bot' }],
    ]);
    expect(errorOf(await ask('POST', '/11', {}))).toBe('422 ValidationException');
  });

  test('the panel gives free ports of the range up to the limit, freed ones first', async () => {
    const ports: number[] = [];
    for (let count = 0; count < 2; count += 1) ports.push(attributesOf(await ask('POST')).port);
    expect(ports).toEqual([25_700, 25_701]);
    rig.panel.limits.refill();
    expect(detailOf(await ask('POST'))).toMatch(/limit has been reached/);
    const [, , , fourth] = await all();
    expect((await ask('DELETE', `/${fourth?.id ?? 0}`)).status).toBe(204);
    expect(attributesOf(await ask('POST'))).toMatchObject({ id: fourth?.id, port: 25_700, notes: null });
    expect(events().map(([event]) => event)).toEqual([
      'server:allocation.create',
      'server:allocation.delete',
      'server:allocation.create',
      'server:allocation.create',
    ]);
  });

  test('a full range, and a panel that gives none, say so', async () => {
    rig.state.allocationPorts = { from: 25_565, to: 25_565 };
    expect(errorOf(await ask('POST'))).toBe('400 NoAutoAllocationSpaceAvailableException');
    rig.state.allocationPorts = null;
    expect(errorOf(await ask('POST'))).toBe('400 AutoAllocationNotEnabledException');
    rig.panel.limits.refill();
    rig.state.allocationPorts = { from: 25_700, to: 25_702 };
    Object.assign(rig.server('Creative'), { allocations: [], primaryAllocationId: 0 });
    expect(errorOf(await ask('POST', '', null, 'Creative'))).toBe('500 ErrorException');
  });

  test(`a third one in a minute is ${isThrottled ? 'refused' : 'given'}`, async () => {
    rig.server('Survival').featureLimits.allocations = 9;
    for (let count = 0; count < 2; count += 1) await ask('POST');
    const third = await ask('POST');
    expect(third.status).toBe(isThrottled ? 429 : 200);
    if (isThrottled) expect(third.headers['x-ratelimit-limit']).toBe('2');
    rig.now += 61_000;
    expect((await ask('POST')).status).toBe(isThrottled ? 200 : 400);
  });

  test(`the default one is ${isPelican ? 'removed' : 'kept'}, and all are without a limit`, async () => {
    expect((await ask('DELETE', '/10')).status).toBe(isPelican ? 204 : 400);
    rig.server('Survival').featureLimits.allocations = null;
    expect(detailOf(await ask('DELETE', '/12'))).toMatch(/no allocation limit is set/);
    expect(errorOf(await ask('DELETE', '/99'))).toBe('404 NotFoundHttpException');
    expect(errorOf(await ask('POST', '/20/primary'))).toBe('404 NotFoundHttpException');
  });

  test('another default one shows in the server', async () => {
    expect(attributesOf(await ask('POST', '/12/primary')).is_default).toBe(true);
    expect((await all()).map(({ is_default }) => is_default)).toEqual([false, false, true]);
    expect(events()[0]).toEqual(['server:allocation.primary', { allocation: '192.0.2.10:8123' }]);
  });

  test('each needs its permission', async () => {
    const [subuser] = rig.server('Survival').subusers;
    if (subuser === undefined) throw new Error('Survival has a subuser.');
    const calls = [
      ['GET', '', 'allocation.read'],
      ['POST', '', 'allocation.create'],
      ['POST', '/12/primary', 'allocation.update'],
      ['DELETE', '/11', 'allocation.delete'],
    ] as const;
    for (const [method, path, permission] of calls) {
      subuser.permissions = calls.map(([, , each]) => each).filter((each) => each !== permission);
      const refused = await rig.on('subuser', 'Survival', method, `/network/allocations${path}`);
      expect(refused.status).toBe(403);
      subuser.permissions = [permission];
      const taken = await rig.on('subuser', 'Survival', method, `/network/allocations${path}`);
      expect(taken.status).toBeLessThan(300);
      rig.panel.limits.refill();
    }
  });
});
