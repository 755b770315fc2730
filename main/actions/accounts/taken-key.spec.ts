import { describe, expect, it } from 'vitest';
import { anActionsRig, certificate, key } from '../../../tests/support/actions-rig.js';
import { aProblem } from '../../../tests/support/a-problem.js';

describe('clipboard.peek', () => {
  const tail = 'Ab3'.repeat(14) + 'z';
  it.each([
    ['ptlc_', 'client'],
    ['pacc_', 'client'],
    ['plcn_', 'client'],
    ['ptla_', 'application'],
    ['papp_', 'application'],
    ['peli_', 'application'],
    ['ptlx_', 'none'],
    ['', 'none'],
  ])('reports only the kind of %s, as %s', async (prefix, holds) => {
    const { actions, clipboard } = await anActionsRig();
    clipboard.text = `${prefix}${tail}\n`;
    expect(await actions['clipboard.peek']()).toEqual({ holds });
    clipboard.text = `My key is ${prefix}${tail}`;
    expect(await actions['clipboard.peek']()).toEqual({ holds: 'none' });
  });
});

describe('a panel that is added with a copied key', () => {
  it('uses the key taken at the press, at each attempt until one succeeds', async () => {
    const { add, clipboard, log, panel, probes, stored, take } = await anActionsRig();
    const copied = `ptlc_${'y'.repeat(43)}`;
    clipboard.text = copied;
    const gone = { problem: { code: 'invalid', fields: { key: expect.anything() } } };
    await expect(add({ key: null })).rejects.toMatchObject(gone);
    await take();
    clipboard.text = '';
    panel.problems.set('account', aProblem('tls-untrusted'));
    await expect(add({ key: null })).rejects.toMatchObject({ problem: { code: 'tls-untrusted' } });
    panel.problems.clear();
    clipboard.text = `ptlc_${'z'.repeat(43)}`;
    await add({ key: null, trustFingerprint: certificate.fingerprint });
    expect(probes.map((probe) => probe.key)).toEqual([copied, copied]);
    expect([...stored.values()]).toEqual([`keychain:${copied}`]);
    await expect(add({ key: null })).rejects.toMatchObject(gone);
    expect(log.text).not.toContain(copied);
  });

  it('uses the key of the press before it, although it waits for its turn', async () => {
    const { add, clipboard, probes, take } = await anActionsRig();
    const copied = ['y', 'z'].map((letter) => `ptlc_${letter.repeat(43)}`);
    clipboard.text = copied[0] ?? '';
    await take();
    const adding = [add(), add({ url: 'other.example.com', key: null })];
    clipboard.text = copied[1] ?? '';
    await take();
    await Promise.all(adding);
    await add({ url: 'third.example.com', key: null });
    expect(probes.map((probe) => probe.key)).toEqual([key, ...copied]);
  });

  it('has no key after it was given back', async () => {
    const { actions, add, clipboard, page, probes, take } = await anActionsRig();
    clipboard.text = `ptlc_${'y'.repeat(43)}`;
    await take();
    await actions['clipboard.giveBack']({ accountId: null }, page);
    await expect(add({ key: null })).rejects.toMatchObject({ problem: { code: 'invalid' } });
    expect(probes).toEqual([]);
  });
});
