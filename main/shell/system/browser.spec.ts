import { describe, expect, it, vi } from 'vitest';
import { PerchError } from '../../../bridge/errors.js';
import { accountPageUrl, Browser, keyPageUrl, panelPage } from './browser.js';

function setUp(answer = true) {
  const openExternal = vi.fn((_url: string) => Promise.resolve());
  const ask = vi.fn((_question: { message: string; detail: string; confirm: string }) =>
    Promise.resolve(answer),
  );
  return { browser: new Browser({ openExternal, ask }), openExternal, ask };
}

describe('panelPage', () => {
  it.each([
    ['https://panel.example.com', '1a2b3c4d', 'https://panel.example.com/server/1a2b3c4d'],
    ['http://127.0.0.1:8800/', undefined, 'http://127.0.0.1:8800/'],
    ['https://example.com/games/panel', '1a', 'https://example.com/games/panel/server/1a'],
    [
      'https://panel.example.com',
      '../../admin?x=1#y',
      'https://panel.example.com/server/..%2F..%2Fadmin%3Fx%3D1%23y',
    ],
    ['https://olive:secret@panel.example.com', '1a', 'https://panel.example.com/server/1a'],
  ])('of %s and %s is %s', (panelUrl, identifier, page) => {
    expect(panelPage(panelUrl, identifier)).toBe(page);
  });

  it.each(['file:///etc/passwd', 'javascript:alert(1)', 'smb://host/share', ''])('refuses %j', (panelUrl) => {
    expect(panelPage(panelUrl, '1a')).toBeNull();
  });
});

describe('keyPage', () => {
  it.each([
    ['https://panel.example.com', 'pterodactyl', 'https://panel.example.com/account/api'],
    ['https://example.com/games/panel', 'pterodactyl', 'https://example.com/games/panel/account/api'],
    ['https://panel.example.com', 'pelican', 'https://panel.example.com/profile?tab=api-keys::data::tab'],
    [
      'https://olive:secret@example.com/a?x#y',
      'pelican',
      'https://example.com/a/profile?tab=api-keys::data::tab',
    ],
    ['file:///etc/passwd', 'pelican', null],
  ] as const)('of %s, a %s, is %s', (panelUrl, kind, page) => {
    expect(keyPageUrl(panelUrl, kind)).toBe(page);
  });
});

describe('accountPage', () => {
  it.each([
    ['https://panel.example.com', 'pterodactyl', 'https://panel.example.com/account'],
    ['https://olive:secret@example.com/games/?x#y', 'pelican', 'https://example.com/games/profile'],
    ['file:///etc/passwd', 'pelican', null],
  ] as const)('of %s, a %s, is %s', (panelUrl, kind, page) => {
    expect(accountPageUrl(panelUrl, kind)).toBe(page);
  });
});

describe('Browser', () => {
  it('opens SFTP addresses in the program of the system', async () => {
    const { browser, openExternal, ask } = setUp();
    await browser.openSftp('sftp://olive.1a2b3c4d@node.example.com:2022');
    expect(openExternal).toHaveBeenCalledExactlyOnceWith('sftp://olive.1a2b3c4d@node.example.com:2022');
    expect(ask).not.toHaveBeenCalled();
  });

  it.each([
    '',
    'https://node.example.com',
    'file:///etc/passwd',
    'sftp://olive:secret@node.example.com',
    'sftp://',
    'ssh://node.example.com',
  ])('refuses %j as an SFTP address', async (address) => {
    const { browser, openExternal } = setUp();
    await expect(browser.openSftp(address)).rejects.toMatchObject({ problem: { code: 'conflict' } });
    expect(openExternal).not.toHaveBeenCalled();
  });

  it('says so if no program opens an SFTP address', async () => {
    const { browser, openExternal } = setUp();
    openExternal.mockRejectedValueOnce(new Error('no handler'));
    await expect(browser.openSftp('sftp://a@b:1')).rejects.toMatchObject({ problem: { code: 'internal' } });
  });

  it('opens the address of a database in the program of the system, never with a password', async () => {
    const { browser, openExternal, ask } = setUp();
    await browser.openDatabase('mysql://u1_x@db.example.com:3306/s1_main');
    expect(openExternal).toHaveBeenCalledExactlyOnceWith('mysql://u1_x@db.example.com:3306/s1_main');
    expect(ask).not.toHaveBeenCalled();
    for (const address of ['', 'mysql://u:secret@db:1/x', 'mysql://', 'sftp://a@b:1', 'file:///etc/passwd']) {
      await expect(browser.openDatabase(address)).rejects.toMatchObject({ problem: { code: 'conflict' } });
    }
    expect(openExternal).toHaveBeenCalledOnce();
    openExternal.mockRejectedValueOnce(new Error('no handler'));
    await expect(browser.openDatabase('mysql://a@b:1/c')).rejects.toMatchObject({
      problem: { code: 'internal' },
    });
  });

  it('opens the page for keys without a question, and only web pages', async () => {
    const { browser, openExternal } = setUp();
    await browser.openKeyPage('https://panel.example.com', 'pterodactyl');
    await expect(browser.openKeyPage('file:///etc', 'pelican')).rejects.toThrow(PerchError);
    expect(openExternal).toHaveBeenCalledExactlyOnceWith('https://panel.example.com/account/api');
  });

  it('opens the own panel without asking', async () => {
    const { browser, openExternal, ask } = setUp();
    await browser.openPanel({ panelUrl: 'https://panel.example.com' }, { identifier: '1a2b3c4d' });
    expect(openExternal).toHaveBeenCalledExactlyOnceWith('https://panel.example.com/server/1a2b3c4d');
    expect(ask).not.toHaveBeenCalled();
  });

  it('asks before it follows a link, naming the host', async () => {
    const { browser, openExternal, ask } = setUp(true);
    await browser.openLink('https://example.com/map?x=1');
    expect(ask.mock.calls[0]?.[0].message).toContain('example.com');
    expect(openExternal).toHaveBeenCalledExactlyOnceWith('https://example.com/map?x=1');
  });

  it('opens no page when the person declines', async () => {
    const { browser, openExternal } = setUp(false);
    await browser.openLink('https://example.com/');
    expect(openExternal).not.toHaveBeenCalled();
  });

  it.each(['http://example.com/', 'file:///etc/passwd', 'https://user@example.com/', 'nonsense'])(
    'refuses the link %j without asking',
    async (link) => {
      const { browser, openExternal, ask } = setUp();
      await expect(browser.openLink(link)).rejects.toThrow(PerchError);
      expect(ask).not.toHaveBeenCalled();
      expect(openExternal).not.toHaveBeenCalled();
    },
  );

  it('reports a missing browser', async () => {
    const { browser, openExternal } = setUp();
    openExternal.mockRejectedValueOnce(new Error('no handler'));
    await expect(browser.openPanel({ panelUrl: 'https://panel.example.com' })).rejects.toThrow(PerchError);
  });
});
