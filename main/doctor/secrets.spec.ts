import { expect, it } from 'vitest';
import type { Account } from '../../bridge/schema/domain.js';
import { PerchError } from '../../bridge/errors.js';
import { spoken, verbatim } from '../../messages/messages.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { aRecord } from '../../tests/support/fleet-fakes.js';
import { FleetStore } from '../fleet/store.js';
import { HttpFailure } from '../base/network-ports.js';
import { KeychainFailure } from '../base/ports.js';
import { createDoctor } from './doctor.js';
import type { CheckedPanel, DoctorPorts } from './ports.js';

/** Secrets of the person in every place that a step reads. */
const planted = {
  key: 'ptlc_PLANTEDPLANTEDPLANTEDPLANTEDPLANTEDPLANTED0',
  token: 'eyJwbGFudGVk.eyJwbGFudGVk.cGxhbnRlZA',
  host: 'planted-panel.example.com',
  port: '48123',
  proxy: 'planted-proxy.example.com:3199',
  address: '203.0.113.77',
  label: 'Planted Panel',
  user: 'planted-user',
  email: 'planted@example.com',
  server: 'Planted Survival',
  node: 'planted-node',
  home: '/home/planted-home/perch',
  account: 'planted-account',
  system: '6.8.0-planted-host',
};
const everything = Object.values(planted).join(' ');

const panel: CheckedPanel = {
  account: () => Promise.resolve(everything),
  rateLimit: () => 256,
  callsLeft: () => 200,
  clockAhead: () => 300_000,
};

function portsOf(fields: Partial<DoctorPorts> = {}): DoctorPorts {
  const clock = new FakeClock();
  const store = new FleetStore();
  const panelUrl = `https://${planted.host}:${planted.port}/${planted.token}`;
  const names = { username: planted.user, email: planted.email, isAdmin: true };
  const account: Account = anAccount({ id: planted.account, label: planted.label, panelUrl, user: names });
  const server = aServer({
    id: `${planted.account}/1`,
    accountId: planted.account,
    name: planted.server,
    node: planted.node,
    allocations: [{ ip: planted.address, alias: planted.host, port: 48123, notes: null, isDefault: true }],
    link: { kind: 'refused', problem: aProblem('forbidden', { message: verbatim(everything) }), retryAt: 1 },
    permissions: [planted.server],
  });
  store.apply([
    { kind: 'account-upserted', account },
    { kind: 'server-upserted', server },
    { kind: 'account-upserted', account: anAccount({ id: 'second', label: `${planted.label} 2` }) },
  ]);
  const wall = new Date(clock.wall() - 1000).toISOString();
  return {
    clock,
    store,
    platform: 'linux',
    versions: {
      perch: `1.2.3-${planted.user}`,
      electron: planted.host,
      chromium: '130.0',
      node: '20.18.1',
      system: planted.system,
      processor: planted.user,
      isPackaged: true,
    },
    env: { XDG_CURRENT_DESKTOP: planted.user, XDG_SESSION_TYPE: planted.host, HOME: planted.home },
    connectBus: () =>
      Promise.resolve({
        call: () => Promise.resolve([planted.user, planted.host, `1.9-${planted.host}`]),
        emit: () => undefined,
        close: () => undefined,
      }),
    desktop: { hasTray: () => true, canNotify: () => true },
    isReachable: () => true,
    vault: { probe: () => Promise.resolve() },
    lookUp: () => Promise.resolve(2),
    network: {
      routeTo: () => Promise.resolve([{ kind: 'http', proxy: planted.proxy }]),
      certificateOf: () =>
        Promise.resolve({
          pem: everything,
          facts: { fingerprint: everything, issuer: planted.host, from: 0, until: clock.wall() + 1e10 },
        }),
    },
    book: { all: [aRecord({ id: planted.account, trusted: { pem: everything, fingerprint: everything } })] },
    fleet: { panelOf: () => panel },
    history: {
      check: () => Promise.resolve({ isOpen: true, canWrite: true, bytes: 5e6, writtenAt: clock.wall() }),
    },
    logTail: () =>
      Promise.resolve(
        [
          `${wall} error history.failed message="${everything}"`,
          `${wall} warn ${planted.host} message="${everything}"`,
          `${wall} error ${everything}`,
          everything,
        ].join('\n'),
      ),
    ...fields,
  };
}

async function given(ports: DoctorPorts): Promise<{ report: string; told: string }> {
  const doctor = createDoctor({ ...ports, log: new FakeLog() });
  const { steps } = await doctor.run();
  const told = steps.map(({ outcome }) => (outcome === null ? '' : spoken(outcome.detail))).join('\n');
  expect(steps.every(({ outcome }) => outcome !== null)).toBe(true);
  return { report: doctor.report(), told };
}

function expectClean(report: string): void {
  for (const [what, secret] of Object.entries(planted)) expect(report, what).not.toContain(secret);
  expect(report.toLowerCase()).not.toContain('planted');
}

const broken = new PerchError(
  aProblem('tls-untrusted', { message: verbatim(everything), next: verbatim(everything) }),
);

it('the report has no key, token, address or name of a working system', async () => {
  const { report, told } = await given(portsOf());
  // The person's own view contains these names, so the report had something to omit.
  for (const secret of [planted.user, planted.proxy]) expect(told).toContain(secret);
  expect(report).toContain('panel 1 permissions');
  expect(report).toContain('panel 2 answer');
  expect(report).toContain('last=history.failed:0h');
  expectClean(report);
});

it.each<[string, Partial<DoctorPorts>]>([
  [
    'a panel that refuses',
    { fleet: { panelOf: () => ({ ...panel, account: () => Promise.reject(broken) }) } },
  ],
  ['a keychain that fails', { vault: { probe: () => Promise.reject(broken) } }],
  [
    'a keychain that fails in its own words',
    { vault: { probe: () => Promise.reject(new Error(everything)) } },
  ],
  ['a keychain of another kind', { vault: { probe: () => Promise.reject(new KeychainFailure('locked')) } }],
  [
    'a connection that fails',
    {
      network: {
        ...portsOf().network,
        certificateOf: () => Promise.reject(new HttpFailure('reset', everything)),
      },
    },
  ],
  [
    'a name that is not found',
    {
      network: { ...portsOf().network, routeTo: () => Promise.resolve([{ kind: 'direct' }]) },
      lookUp: () => Promise.reject(new Error(everything)),
    },
  ],
  ['no bus', { connectBus: () => Promise.reject(new Error(everything)) }],
  ['a history that fails', { history: { check: () => Promise.reject(new Error(everything)) } }],
  [
    'a way that fails',
    { network: { ...portsOf().network, routeTo: () => Promise.reject(new Error(everything)) } },
  ],
])('the report has no key, token, address or name of %s', async (_what, fields) => {
  const { report } = await given(portsOf(fields));
  expect(report).toMatch(/ bad | left-out /);
  expectClean(report);
});
