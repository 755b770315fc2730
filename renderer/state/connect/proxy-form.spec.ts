import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../bridge/errors.js';
import type { ProxySetting } from '../../../bridge/schema/proxy.js';
import { say, verbatim } from '../../../messages/messages.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { ProxyForm } from './proxy-form.svelte.js';

const own = {
  kind: 'http' as const,
  host: 'proxy.example.com',
  port: 3128,
  user: 'olive',
  except: ['*.lan', '10.0.0.0/8'],
  password: 'keychain' as const,
  turn: 1,
};

function aForm(kept: ProxySetting = { use: 'system', own: null }) {
  const bridge = new FakeBridge();
  const form = new ProxyForm(new PerchClient(bridge), () => kept);
  return { bridge, form };
}

describe('the form of an own proxy', () => {
  it('spreads a pasted address over the fields, and sends the password once', async () => {
    const { bridge, form } = aForm();
    form.host = 'socks5://olive:se%3Acret@proxy.example.com:1080';
    form.hostEdited();
    form.except = 'a.lan, b.lan;c.lan';
    expect([form.kind, form.host, form.port, form.user, form.password]).toEqual([
      'socks5',
      'proxy.example.com',
      '1080',
      'olive',
      'se:cret',
    ]);
    bridge.answer('network.setProxy', undefined);
    expect(await form.save()).toBe(true);
    expect(bridge.calls[0]?.input).toEqual({
      use: 'own',
      own: {
        kind: 'socks5',
        host: 'proxy.example.com',
        port: 1080,
        user: 'olive',
        except: ['a.lan', 'b.lan', 'c.lan'],
      },
      password: 'se:cret',
      keep: 'keychain',
    });
    expect(form.password).toBe('');
  });

  it('keeps the port while the user types it', () => {
    const { form } = aForm();
    form.host = 'proxy.example.com:3';
    form.hostEdited();
    expect([form.host, form.port]).toEqual(['proxy.example.com:3', '']);
    form.takeAddress();
    expect([form.host, form.port]).toEqual(['proxy.example.com', '3']);
  });

  it('shows stored values, never a password, and sends only a typed one', async () => {
    const { bridge, form } = aForm({ use: 'own', own });
    expect([form.host, form.port, form.user, form.except]).toEqual([
      'proxy.example.com',
      '3128',
      'olive',
      '*.lan, 10.0.0.0/8',
    ]);
    expect([form.password, form.passwordState]).toEqual(['', 'keychain']);
    bridge.answer('network.setProxy', undefined);
    await form.save();
    expect(bridge.calls[0]?.input).not.toHaveProperty('password');
    const changes: ((form: ProxyForm) => void)[] = [
      (changed) => (changed.kind = 'https'),
      (changed) => (changed.host = 'b.example'),
      (changed) => (changed.port = '3129'),
      (changed) => (changed.user = 'anna'),
    ];
    for (const change of changes) {
      const { form: changed } = aForm({ use: 'own', own });
      change(changed);
      expect(changed.passwordState).toBe('elsewhere');
    }
    await form.forgetPassword();
    expect(bridge.calls[1]?.input).toEqual({ use: 'own', password: '', keep: 'keychain' });
  });

  it.each(['', '0', '65536', 'x', '1.5'])('refuses %j as a port without asking main', async (port) => {
    const { bridge, form } = aForm({ use: 'own', own });
    form.port = port;
    expect(await form.save()).toBe(false);
    expect(form.fieldError('port')).toBeDefined();
    expect(bridge.calls).toEqual([]);
    form.edited();
    expect(form.fieldError('port')).toBeUndefined();
  });

  it('keeps all input if main refuses', async () => {
    const { bridge, form } = aForm({ use: 'own', own });
    const problem: Problem = {
      code: 'invalid',
      message: verbatim('m'),
      next: verbatim('n'),
      fields: { host: verbatim('No host.') },
    };
    bridge.refuse('network.setProxy', problem);
    form.password = 'secret';
    expect(await form.save()).toBe(false);
    expect([form.fieldError('host'), form.formProblem, form.password]).toEqual(['No host.', null, 'secret']);
    const locked: Problem = { code: 'keychain-locked', message: verbatim('m'), next: verbatim('n') };
    bridge.refuse('network.setProxy', locked);
    await form.save();
    expect(form.formProblem).toEqual(locked);
  });

  it.each([
    ['0', true],
    ['1', false],
    [' 65535 ', false],
    ['65536', true],
    ['3128x', true],
    ['', true],
  ])('takes the port "%s" for wrong: %s', async (port, isWrong) => {
    const { bridge, form } = aForm();
    form.host = 'proxy.example.com';
    form.port = port;
    expect(form.fieldError('port')).toBeUndefined();
    expect(await form.save()).toBe(!isWrong);
    expect(bridge.calls).toHaveLength(isWrong ? 0 : 1);
    expect(form.fieldError('port')).toBe(isWrong ? say('network.port-wrong') : undefined);
    expect(form.fieldError('host')).toBeUndefined();
    form.edited();
    expect(form.fieldError('port')).toBeUndefined();
  });

  it('separates exceptions at blanks, commas and semicolons', async () => {
    const { bridge, form } = aForm();
    form.host = 'proxy.example.com';
    form.port = '1';
    form.except = ' a, ;b  c;';
    await form.save();
    expect(bridge.calls[0]?.input).toMatchObject({ own: { except: ['a', 'b', 'c'] } });
  });

  it('switches to another proxy without a change of its fields, and shows that it saves', async () => {
    const { bridge, form } = aForm();
    const release = bridge.hold('network.setProxy');
    const chosen = form.choose('none');
    expect(form.saving.isRunning).toBe(true);
    release(undefined);
    expect([await chosen, form.saving.isRunning]).toEqual([true, false]);
    expect(bridge.calls).toEqual([{ name: 'network.setProxy', input: { use: 'none', keep: 'keychain' } }]);
  });

  it('shows a problem at its field, or for the whole form', async () => {
    const { bridge, form } = aForm();
    const refused: Problem = { code: 'invalid', message: verbatim('m'), next: verbatim('n') };
    bridge.refuse('network.setProxy', refused);
    expect(await form.choose('none')).toBe(false);
    expect([form.formProblem, form.fieldError('host'), form.saving.isRunning]).toEqual([
      refused,
      undefined,
      false,
    ]);
    bridge.refuse('network.setProxy', { ...refused, fields: { host: verbatim('Unknown.') } });
    await form.choose('none');
    expect([form.formProblem, form.fieldError('host')]).toEqual([null, 'Unknown.']);
    form.edited();
    expect([form.formProblem, form.fieldError('host')]).toEqual([null, undefined]);
  });

  it('knows that a password is stored for the proxy and user in its fields, apart from blanks', () => {
    expect(aForm().form.passwordState).toBe('none');
    expect(aForm({ use: 'own', own: { ...own, password: 'none' } }).form.passwordState).toBe('none');
    const { form } = aForm({ use: 'own', own });
    expect(form.passwordState).toBe('keychain');
    form.host = ` ${own.host} `;
    form.user = ` ${own.user} `;
    expect(form.passwordState).toBe('keychain');
    form.user = 'sam';
    expect(form.passwordState).toBe('elsewhere');
  });

  it('does not change an address during typing', () => {
    const { form } = aForm();
    for (const typed of ['proxy', 'proxy:', 'proxy:31', 'proxy:3128']) {
      form.host = typed;
      form.hostEdited();
      expect(form.host).toBe(typed);
    }
  });
});
