import { describe, expect, it } from 'vitest';
import type { Settings } from '../../bridge/schema/settings.js';
import { settingsSchema } from '../../bridge/schema/settings.js';
import { PerchError, type ProblemCode } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { ProxyChoice } from './proxy-choice.js';

const own = { kind: 'http' as const, host: 'proxy.example.com', port: 3128, user: 'olive', except: [] };
const password = ' Bearer "pä ss%"';

function aChoice(before: Partial<Settings> = {}) {
  const kept = new Map<string, { text: string; keep: string; goesTo: string }>();
  const failing: { vault?: ProblemCode; settings?: true; forget?: true } = {};
  const fail = (): void => {
    if (failing.vault === undefined) return;
    const message = sentence('disk.no-keychain');
    throw new PerchError({ code: failing.vault, message, next: sentence('disk.no-keychain-next') });
  };
  const settings = {
    current: settingsSchema.parse(before),
    update: async (change: (now: Settings) => Partial<Settings>) => {
      if (failing.settings === true) throw new Error('disk full');
      return (settings.current = settingsSchema.parse({ ...settings.current, ...change(settings.current) }));
    },
  };
  const changed = { times: 0 };
  const log = new FakeLog();
  const choice = new ProxyChoice({
    settings,
    vault: {
      store: async ({ id, keyStorage: keep, goesTo }, text) => {
        if (keep === 'keychain') fail();
        kept.set(id, { text, keep, goesTo });
        return () => Promise.resolve();
      },
      use: async ({ id, goesTo }, run) => {
        fail();
        const entry = kept.get(id);
        if (entry?.goesTo !== goesTo) throw new Error('nothing kept');
        return run(entry.text);
      },
      forget: async (id) => {
        if (failing.forget === true) throw new Error('locked');
        kept.delete(id);
      },
      unlock: () => undefined,
    },
    log,
    changed: () => void (changed.times += 1),
  });
  const now = async (): Promise<string | null> => {
    const { own } = settings.current.proxy;
    return own === null ? null : choice.password(own);
  };
  return { changed, choice, failing, kept, log, now, settings };
}

describe('the choice of a proxy', () => {
  it('keeps the password as typed in the keychain only', async () => {
    const { choice, kept, settings, log, changed, now } = aChoice();
    await choice.set({
      use: 'own',
      own: { ...own, host: '  Proxy.Example.com ' },
      password,
      keep: 'keychain',
    });
    expect(settings.current.proxy).toEqual({
      use: 'own',
      own: { ...own, password: 'keychain', turn: 1 },
    });
    expect(kept.get('proxy-1')).toMatchObject({ text: password, keep: 'keychain' });
    expect(await now()).toBe(password);
    expect(`${JSON.stringify(settings.current)} ${log.text}`).not.toContain('ss%');
    expect(changed.times).toBe(1);
  });

  it('keeps the password for other exceptions and another proxy setting', async () => {
    const { choice, now, settings } = aChoice();
    await choice.set({ use: 'own', own, password, keep: 'keychain' });
    await choice.set({ use: 'none', keep: 'keychain' });
    await choice.set({
      use: 'own',
      own: { ...own, except: [' a ', ''] },
      keep: 'keychain',
    });
    expect(settings.current.proxy.own).toMatchObject({ except: ['a'], password: 'keychain' });
    expect(await now()).toBe(password);
  });

  it.each([{ host: 'evil.example' }, { port: 3129 }, { kind: 'https' as const }, { user: 'anna' }])(
    'drops the password for %j',
    async (other) => {
      const { choice, kept, now, settings } = aChoice();
      await choice.set({ use: 'own', own, password, keep: 'keychain' });
      await choice.set({ use: 'own', own: { ...own, ...other }, keep: 'keychain' });
      expect(settings.current.proxy.own?.password).toBe('none');
      expect(kept.size).toBe(0);
      expect(await now()).toBeNull();
    },
  );

  it('never gives a new password to a connection through the old proxy', async () => {
    const { choice, kept, now, settings } = aChoice();
    await choice.set({ use: 'own', own, password: 'old', keep: 'keychain' });
    const before = settings.current.proxy.own;
    if (before === null) throw new Error('no proxy');
    const during: (string | null)[] = [];
    const { update } = settings;
    settings.update = async (change) => {
      // The vault holds the new password while the settings still name the old proxy.
      during.push(await choice.password(before));
      return update(change);
    };
    await choice.set({
      use: 'own',
      own: { ...own, host: 'other.example.com' },
      password: 'new',
      keep: 'keychain',
    });
    expect(during).toEqual(['old']);
    expect(await choice.password(before)).toBeNull();
    expect(await now()).toBe('new');
    expect([...kept.keys()]).toEqual(['proxy-2']);
  });

  it('continues with a new password if the keychain does not delete the old one, and reports that', async () => {
    const { choice, failing, log, now, settings } = aChoice();
    await choice.set({ use: 'own', own, password: 'old', keep: 'keychain' });
    failing.forget = true;
    await choice.set({ use: 'own', own, password: 'newer', keep: 'keychain' });
    expect(await now()).toBe('newer');
    expect(log.text).toContain('proxy.not-forgotten');
    await expect(choice.set({ use: 'own', own, password: '', keep: 'keychain' })).rejects.toThrow();
    expect(settings.current.proxy.own?.password).toBe('keychain');
  });

  it('deletes an emptied password', async () => {
    const { choice, kept, settings } = aChoice();
    await choice.set({ use: 'own', own, password, keep: 'keychain' });
    await choice.set({ use: 'own', own, password: '', keep: 'keychain' });
    expect(kept.size).toBe(0);
    expect(settings.current.proxy.own?.password).toBe('none');
  });

  it('reports a missing keychain, keeps nothing then, and can keep the password until Perch quits', async () => {
    const { choice, failing, now, settings, changed } = aChoice();
    failing.vault = 'keychain-unavailable';
    await expect(choice.set({ use: 'own', own, password, keep: 'keychain' })).rejects.toMatchObject({
      problem: { code: 'keychain-unavailable', message: sentence('network.no-keychain') },
    });
    expect(settings.current.proxy).toEqual({ use: 'system', own: null });
    expect(changed.times).toBe(0);
    await choice.set({ use: 'own', own, password, keep: 'memory' });
    expect(settings.current.proxy.own?.password).toBe('memory');
    expect(await now()).toBeNull();
    delete failing.vault;
    expect(await now()).toBe(password);
  });

  it('knows after a start that a password in memory is lost', async () => {
    const { choice, now, settings } = aChoice({
      proxy: { use: 'own', own: { ...own, password: 'memory', turn: 1 } },
    });
    await choice.start();
    expect(settings.current.proxy).toEqual({ use: 'own', own: { ...own, password: 'lost', turn: 1 } });
    expect(await now()).toBeNull();
  });

  it('keeps the old password with the old proxy if the new proxy cannot be saved', async () => {
    const { choice, failing, kept, now } = aChoice();
    await choice.set({ use: 'own', own, password: 'old', keep: 'keychain' });
    failing.settings = true;
    const next = { ...own, host: 'other.example.com' };
    await expect(choice.set({ use: 'own', own: next, password, keep: 'keychain' })).rejects.toThrow();
    expect(await now()).toBe('old');
    expect([...kept.keys()]).toEqual(['proxy-1']);
  });

  it.each(['', '  ', 'a b', 'user@proxy', 'proxy/path', 'a:b:c', 'http://proxy'])(
    'refuses %j as a host',
    async (host) => {
      const { choice, changed } = aChoice();
      const failed = choice.set({ use: 'own', own: { ...own, host }, keep: 'keychain' });
      await expect(failed).rejects.toMatchObject({ problem: { code: 'invalid', fields: {} } });
      await expect(failed).rejects.toHaveProperty('problem.fields.host');
      expect(changed.times).toBe(0);
    },
  );

  it.each(['10.0.0.7/', '10.7', 'http://panel.example.com'])('refuses %j as an exception', async (entry) => {
    const { choice, changed } = aChoice();
    const failed = choice.set({ use: 'own', own: { ...own, except: ['*.lan', entry] }, keep: 'keychain' });
    await expect(failed).rejects.toHaveProperty('problem.fields.except');
    expect(changed.times).toBe(0);
  });

  it('refuses a custom proxy that was never entered, and accepts IPv6 with and without brackets', async () => {
    const { choice, settings } = aChoice();
    await expect(choice.set({ use: 'own', keep: 'keychain' })).rejects.toHaveProperty('problem.fields.host');
    await choice.set({ use: 'own', own: { ...own, host: '[fd00::1]' }, keep: 'keychain' });
    expect(settings.current.proxy.own?.host).toBe('fd00::1');
  });
});
