import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../../bridge/schema/agreement.js';
import { anActionsRig } from '../../../tests/support/actions-rig.js';
import { aPanelServer, aRecord } from '../../../tests/support/fleet-fakes.js';

const node = { host: 'node.example.com:8080', pem: 'NODE', fingerprint: '11', agreedAt: 7 };
const other = { host: 'other.example.com', pem: 'OTHER', fingerprint: '22' };
const agreed = aRecord({
  unencryptedSince: 5,
  trusted: { pem: 'PANEL', fingerprint: '00' },
  trustedNodes: [node, other],
});

async function aPanelWithAgreements() {
  const rig = await anActionsRig([agreed]);
  rig.panel.list = [aPanelServer('a')];
  await rig.fleet.retryAccount('home');
  await rig.clock.advance(1000);
  const told = (): Agreement[] | undefined => rig.store.state.accounts.get('home')?.agreements;
  const withdraw = (agreement: Pick<Agreement, 'kind'> & { host?: string }) =>
    rig.actions['accounts.withdraw']({
      accountId: 'home',
      agreement:
        agreement.host === undefined
          ? { kind: 'unencrypted' }
          : { kind: 'certificate', host: agreement.host },
    });
  return { ...rig, told, withdraw };
}

describe('the agreed rights of an account at a panel', () => {
  it('is listed with the account: time, host and certificate', async () => {
    const { told } = await aPanelWithAgreements();
    expect(told()).toEqual([
      { kind: 'unencrypted', at: 5 },
      { kind: 'certificate', host: 'panel.example.com', fingerprint: '00', at: null },
      { kind: 'certificate', host: node.host, fingerprint: '11', at: 7 },
      { kind: 'certificate', host: other.host, fingerprint: '22', at: null },
    ]);
  });

  it('is listed again after an addition, with its time', async () => {
    const { actions, clock, panel, store } = await anActionsRig([aRecord()]);
    await actions['accounts.trust']({
      accountId: 'home',
      host: 'panel.example.com',
      fingerprint: 'AA:BB:CC',
    });
    expect(store.state.accounts.get('home')?.agreements).toEqual([
      { kind: 'certificate', host: 'panel.example.com', fingerprint: 'AA:BB:CC', at: clock.wall() },
    ]);
    expect(panel.count('servers')).toBeGreaterThan(1);
  });

  it.each([
    ['unencrypted connections', undefined, { unencryptedSince: undefined }],
    ['the certificate of a node', node.host, { trustedNodes: [other] }],
    ['the certificate of the panel', 'panel.example.com', { trusted: null }],
  ])(
    'is withdrawn on its own: %s; its connections end, and other agreements stay',
    async (_, host, changed) => {
      const { clock, opened, saved, session, told, withdraw } = await aPanelWithAgreements();
      const before = session('a');
      await withdraw(host === undefined ? { kind: 'unencrypted' } : { kind: 'certificate', host });
      expect(saved.at(-1)).toEqual([{ ...agreed, ...changed }]);
      expect(told()).toHaveLength(3);
      expect(before.isStarted).toBe(false);
      await clock.advance(1000);
      expect(opened).toHaveLength(2);
    },
  );

  it('stays if the change cannot be written', async () => {
    const { failures, session, told, withdraw } = await aPanelWithAgreements();
    failures.save = true;
    await expect(withdraw({ kind: 'unencrypted' })).rejects.toMatchObject({ problem: { code: 'internal' } });
    expect(told()).toHaveLength(4);
    expect(session('a').isStarted).toBe(true);
  });

  it('is empty after the account is gone', async () => {
    const { actions } = await aPanelWithAgreements();
    await expect(
      actions['accounts.withdraw']({ accountId: 'gone', agreement: { kind: 'unencrypted' } }),
    ).rejects.toMatchObject({ problem: { code: 'not-found' } });
  });
});
