import { describe, expect, it } from 'vitest';
import { anActionsRig, certificate } from '../../../tests/support/actions-rig.js';
import { aCertificate } from '../../../tests/support/entities.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { aPanelServer, aRecord } from '../../../tests/support/fleet-fakes.js';
import { FakeLog } from '../../../tests/support/fake-log.js';
import { AccountBook } from '../account-book.js';
import { agreedTrust } from './agreements.js';

const host = 'node.example.com:8080';
const agree = { accountId: 'home', host, fingerprint: 'aa:bb:cc' };

/** Fleet with two servers on a node whose certificate is refused, and a live server elsewhere. */
async function aRefusedNode() {
  const rig = await anActionsRig([aRecord({ trusted: { pem: 'OLD', fingerprint: '00' } })]);
  rig.panel.list = ['a', 'b', 'c'].map((uuid) => aPanelServer(uuid));
  await rig.fleet.retryAccount('home');
  await rig.clock.advance(1000);
  const problem = aProblem('tls-untrusted', { certificate: aCertificate({ host }) });
  for (const uuid of ['a', 'b'])
    rig.session(uuid).tell({ kind: 'link', link: { kind: 'reconnecting', retryAt: 1e9, problem } });
  rig.session('c').tell({ kind: 'link', link: { kind: 'live' } });
  return rig;
}

describe('trusting the certificate of a node', () => {
  it('is stored for that host only, and its servers connect at once, without a key', async () => {
    const { actions, saved, session, stored } = await aRefusedNode();
    await actions['accounts.trust'](agree);
    expect(saved.at(-1)?.[0]).toMatchObject({
      trusted: { pem: 'OLD' },
      trustedNodes: [{ host, ...certificate }],
    });
    expect(['a', 'b', 'c'].map((uuid) => session(uuid).hurried)).toEqual([1, 1, 0]);
    expect(stored.size).toBe(0);
  });

  it('applies to every account of that panel, and to no other panel', async () => {
    const rig = await aRefusedNode();
    const { panelUrl } = rig.book.find('home') ?? aRecord();
    await rig.book.put(aRecord({ id: 'second', panelUrl }));
    await rig.book.put(aRecord({ id: 'other', panelUrl: 'https://other.example.com' }));
    await rig.actions['accounts.trust'](agree);
    expect(rig.book.all.map(({ id, trustedNodes }) => [id, trustedNodes.map((node) => node.host)])).toEqual([
      ['home', [host]],
      ['second', [host]],
      ['other', []],
    ]);
  });

  it('replaces the earlier agreement for the host', async () => {
    const { actions, book } = await aRefusedNode();
    await book.patch('home', () => ({
      trustedNodes: [
        { host, pem: 'OLD', fingerprint: '11' },
        { host: 'other', pem: 'OTHER', fingerprint: '22' },
      ],
    }));
    await actions['accounts.trust'](agree);
    expect(book.find('home')?.trustedNodes.map(({ pem }) => pem)).toEqual(['OTHER', 'PEM']);
  });

  it('shows the current certificate if it has changed', async () => {
    const { actions, saved, session } = await aRefusedNode();
    await expect(actions['accounts.trust']({ ...agree, fingerprint: 'DD' })).rejects.toMatchObject({
      problem: { code: 'tls-untrusted', certificate: { host, shown: { fingerprint: 'AA:BB:CC' } } },
    });
    expect(saved).toEqual([]);
    expect(session('a').hurried).toBe(0);
  });

  it('connects to no host that was not asked about', async () => {
    const { actions, failures, saved } = await aRefusedNode();
    failures.certificate = new Error('It was connected to.');
    for (const input of [
      { ...agree, host: 'evil.example.com' },
      { ...agree, accountId: 'gone' },
    ])
      await expect(actions['accounts.trust'](input)).rejects.toMatchObject({
        problem: { code: 'not-found' },
      });
    expect(saved).toEqual([]);
  });

  it("does not read the list repeatedly for a node's fault", async () => {
    const { clock, panel } = await aRefusedNode();
    const before = panel.count('servers');
    await clock.advance(30_000);
    expect(panel.count('servers')).toBe(before);
  });
});

describe('trusting the certificate of a panel', () => {
  it('pins it, keeps the key and the rest, and asks the panel at once', async () => {
    const { actions, panel, saved, store, stored } = await aRefusedNode();
    const before = panel.count('servers');
    await actions['accounts.trust']({ ...agree, host: 'panel.example.com' });
    expect(saved.at(-1)?.[0]).toMatchObject({ id: 'home', trusted: certificate, trustedNodes: [] });
    expect(panel.count('servers')).toBe(before + 1);
    expect(store.state.accounts.get('home')?.state.kind).toBe('ready');
    expect(stored.size).toBe(0);
  });
});

describe('an agreement', () => {
  const node = { host, pem: 'NODE', fingerprint: '11' };
  const pinned = aRecord({ trusted: certificate, trustedNodes: [node] });

  async function aBook(save: () => Promise<void> = () => Promise.resolve()) {
    const book = new AccountBook({ load: () => Promise.resolve([pinned]), save });
    await book.load();
    const log = new FakeLog();
    return { trustOf: agreedTrust({ book, log }), book, log };
  }

  it("counts for its own host, and a node at the panel's address uses the panel's agreement", async () => {
    const { trustOf, book } = await aBook();
    const of = (name: string) => trustOf('home', name).agreed();
    expect(of(host)).toEqual(node);
    expect(of('node.example.com')).toBeNull();
    expect(of('panel.example.com')).toEqual(certificate);
    expect(trustOf('work', host).agreed()).toBeNull();
    await book.patch('home', () => ({ trustedNodes: [] }));
    expect(of(host)).toBeNull();
  });

  it('ends once an authority vouches for the host, and only that agreement', async () => {
    const { trustOf, book, log } = await aBook();
    trustOf('home', host).outgrown();
    await book.patch('home', () => ({}));
    expect(book.find('home')).toMatchObject({ trusted: certificate, trustedNodes: [] });
    trustOf('home', 'panel.example.com').outgrown();
    await book.patch('home', () => ({}));
    expect(book.find('home')?.trusted).toBeNull();
    expect(log.text).toContain('accounts.agreement-outgrown');
  });

  it('stays if the disk refuses, without a report', async () => {
    const { trustOf, book, log } = await aBook(() => Promise.reject(new Error('full')));
    trustOf('home', host).outgrown();
    await book.patch('home', () => ({})).catch(() => undefined);
    await Promise.resolve();
    expect(book.find('home')?.trustedNodes).toEqual([node]);
    expect(log.text).toContain('accounts.agreement-kept');
  });
});
