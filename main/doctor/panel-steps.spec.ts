import { describe, expect, it } from 'vitest';
import type { Account, Server } from '../../bridge/schema/domain.js';
import { PerchError, type ProblemCode } from '../../bridge/errors.js';
import { sentence, spoken } from '../../messages/messages.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { aRecord } from '../../tests/support/fleet-fakes.js';
import { FleetStore } from '../fleet/store.js';
import type { CheckedPanel, DoctorPorts } from './ports.js';
import { panelSteps } from './panel-steps.js';
import type { Finding, StepId } from './step.js';

const dayMs = 86_400_000;

interface Scene {
  /** Ids of the steps that ran before, in this order. */
  after?: readonly StepId[];
  account?: Partial<Account>;
  servers?: readonly Partial<Server>[];
  panel?: Partial<CheckedPanel>;
  ports?: Partial<DoctorPorts>;
  daysLeft?: number;
}

/** Finding of one step in a scene that is otherwise well. */
async function finds(id: StepId, scene: Scene = {}): Promise<Finding> {
  const clock = new FakeClock();
  const store = new FleetStore();
  const account = anAccount(scene.account);
  store.apply([
    { kind: 'account-upserted', account },
    ...(scene.servers ?? []).map((server, place) => ({
      kind: 'server-upserted' as const,
      server: aServer({ id: `home/${place}`, ...server }),
    })),
  ]);
  const facts = {
    fingerprint: '',
    issuer: '',
    from: 0,
    until: clock.wall() + (scene.daysLeft ?? 60) * dayMs,
  };
  const panel: CheckedPanel = {
    account: () => Promise.resolve(null),
    rateLimit: () => 240,
    callsLeft: () => 200,
    clockAhead: () => 2000,
    ...scene.panel,
  };
  const ports: Partial<DoctorPorts> = {
    clock,
    store,
    lookUp: () => Promise.resolve(2),
    network: {
      certificateOf: () => Promise.resolve({ pem: '', facts }),
      routeTo: () => Promise.resolve([{ kind: 'direct' }]),
    },
    book: { all: [aRecord()] },
    fleet: { panelOf: () => panel },
    ...scene.ports,
  };
  const steps = panelSteps(ports as DoctorPorts, account, 1);
  const run = async (one: StepId): Promise<Finding> => {
    const step = steps.find((each) => each.id === one);
    if (step === undefined) throw new Error(`There is no step ${one}.`);
    return step.run();
  };
  for (const before of scene.after ?? []) await run(before);
  return run(id);
}

const refused = new PerchError(aProblem('unauthorized'));
const paused = new PerchError(aProblem('rate-limited'));
const refusing = (code: ProblemCode): DoctorPorts['fleet'] => ({
  panelOf: () => ({
    account: () => Promise.reject(new PerchError(aProblem(code))),
    rateLimit: () => 240,
    callsLeft: () => 200,
    clockAhead: () => 2000,
  }),
});
const link = (kind: 'live' | 'none' | 'connecting'): Partial<Server> => ({ link: { kind } });
const broken: Partial<Server> = { link: { kind: 'reconnecting', retryAt: 1, problem: null } };

describe('the steps of a panel', () => {
  it.each(['clock', 'account', 'permissions', 'requests'] as const)(
    '%s gives no good result for a panel that was silent a moment ago',
    async (id) => {
      const scene = { after: ['answer'] as const, servers: [{ permissions: ['*'] }] };
      const isDown = (code: ProblemCode) => ({
        panel: { account: () => Promise.reject(new PerchError(aProblem(code))) },
      });
      expect((await finds(id, scene)).result).toBe('good');
      for (const code of ['panel-unreachable', 'timeout'] as const) {
        const found = await finds(id, { ...scene, ...isDown(code) });
        expect(found).toMatchObject({ result: 'unknown', detail: { id: 'diagnostics.not-answering' } });
      }
      const found = await finds(id, { ...scene, ...isDown('unauthorized') });
      expect(found).toMatchObject({ result: 'unknown', detail: { id: 'diagnostics.key-refused' } });
      expect((await finds(id, { ...scene, ...isDown('rate-limited') })).result).toBe('good');
    },
  );

  it.each<[string, StepId, Scene, Finding['result']]>([
    ['the direct way', 'way', {}, 'good'],
    ['a name with addresses', 'name', {}, 'good'],
    ['an address without a name', 'name', { account: { panelUrl: 'https://203.0.113.4:8443' } }, 'left-out'],
    ['a certificate for two months', 'encryption', {}, 'good'],
    ['one for three days', 'encryption', { daysLeft: 3 }, 'warning'],
    ['one that is over', 'encryption', { daysLeft: -2 }, 'bad'],
    [
      'plain text over a network',
      'encryption',
      { account: { panelUrl: 'http://panel.example.com' } },
      'warning',
    ],
    [
      'plain text on this computer',
      'encryption',
      { account: { panelUrl: 'http://127.0.0.1:80' } },
      'left-out',
    ],
    ['an answer', 'answer', {}, 'good'],
    ['a refusal', 'answer', { panel: { account: () => Promise.reject(refused) } }, 'bad'],
    [
      'a pause that the panel asks for',
      'answer',
      { panel: { account: () => Promise.reject(paused) } },
      'warning',
    ],
    ['clocks that agree', 'clock', {}, 'good'],
    ['a clock ahead', 'clock', { panel: { clockAhead: () => 90_000 } }, 'warning'],
    ['a clock behind', 'clock', { panel: { clockAhead: () => -90_000 } }, 'warning'],
    ['no answer that told the time', 'clock', { panel: { clockAhead: () => null } }, 'unknown'],
    ['an account that is known', 'account', {}, 'good'],
    ['one that is not', 'account', { account: { user: null } }, 'unknown'],
    ['servers that the panel fails to show', 'account', { account: { unreadServers: 2 } }, 'warning'],
    ['all permissions', 'permissions', { servers: [{ permissions: ['*'] }] }, 'good'],
    ['no console', 'permissions', { servers: [{ permissions: ['control.start'] }] }, 'warning'],
    ['permissions that nobody told', 'permissions', { servers: [{ permissions: null }] }, 'unknown'],
    ['no servers', 'permissions', {}, 'left-out'],
    ['requests left', 'requests', {}, 'good'],
    ['hardly any left', 'requests', { panel: { callsLeft: () => 10 } }, 'warning'],
    ['no limit that was told', 'requests', { panel: { rateLimit: () => null } }, 'unknown'],
    [
      'servers that are live',
      'connections',
      { servers: [link('live'), link('none'), link('connecting')] },
      'good',
    ],
    ['one that is cut off', 'connections', { servers: [link('live'), broken] }, 'warning'],
    ['none at all', 'connections', {}, 'left-out'],
  ])('%s (%s)', async (_what, id, scene, result) => {
    const found = await finds(id, scene);
    expect(found.result).toBe(result);
    expect(spoken(found.detail)).not.toBe('');
    // Every warning and error needs a next step.
    if (result === 'bad' || result === 'warning') expect(found.next).toBeDefined();
  });

  it('finds no good connection under a refused key', async () => {
    const scene = { after: ['answer'] as const, servers: [link('live')] };
    expect(await finds('connections', scene)).toMatchObject({ result: 'good' });
    expect(await finds('connections', { ...scene, ports: { fleet: refusing('unauthorized') } })).toEqual({
      result: 'unknown',
      detail: { id: 'diagnostics.key-refused' },
    });
    const away = await finds('connections', { ...scene, ports: { fleet: refusing('panel-unreachable') } });
    expect(away).toMatchObject({ result: 'good' });
  });

  it('reports a server that its node does not know, from the socket or the panel', async () => {
    const told = { ...aProblem('node-unreachable'), message: sentence('node.unknown-server') };
    const byPanel = sentence('panel.node-unknown-server', { place: 'Harbor', what: '' });
    const servers: readonly Partial<Server>[] = [
      link('live'),
      { link: { kind: 'reconnecting', retryAt: 1, problem: told } },
      { link: { kind: 'none' }, problem: { ...aProblem('node-unreachable'), message: byPanel } },
    ];
    const found = await finds('connections', { servers });
    expect(found).toMatchObject({ result: 'warning', facts: { broken: 0, 'unknown-to-node': 2 } });
    expect(spoken(found.detail)).toBe('1 of 3 servers live. The nodes of 2 servers do not know them.');
    expect(found.next).toMatchObject({ id: 'diagnostics.unknown-to-node-next' });
    const one = await finds('connections', { servers: [...servers.slice(0, 2), broken] });
    expect(spoken(one.detail)).toBe(
      '1 of 3 servers live, 1 interrupted or refused. The node of one server does not know it.',
    );
  });

  it('counts connections, and names the proxy of the route', async () => {
    const counted = await finds('connections', { servers: [link('live'), broken] });
    expect(counted.facts).toMatchObject({ live: 1, broken: 1, refused: 0, polled: 0, of: 2 });
    expect(spoken(counted.detail)).toBe('1 of 2 servers live, 1 interrupted or refused.');
    const way = { kind: 'socks5' as const, proxy: 'proxy.example.com:1080' };
    const ports = {
      network: {
        certificateOf: () => Promise.reject(new Error('not asked here')),
        routeTo: () => Promise.resolve([way]),
      },
      lookUp: () => Promise.reject(new Error('asked though the proxy does it')),
    };
    expect(spoken((await finds('way', { ports })).detail)).toContain('proxy.example.com:1080');
    expect((await finds('name', { ports })).result).toBe('left-out');
  });
});
