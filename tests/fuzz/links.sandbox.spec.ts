import fc from 'fast-check';
import { sep } from 'node:path';
import { expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { isAppUrl } from '../../main/ipc/trust.js';
import { normalizePanelUrl } from '../../main/panel/url.js';
import { Browser, panelPage } from '../../main/shell/system/browser.js';
import { fileOf } from '../../main/shell/pages/scheme.js';
import { hammer } from './hammer.js';
import { nearlyText } from './mutations.js';

const root = `${sep}data${sep}renderer`;
const addresses = [
  'app://perch/main.html',
  'app://perch/assets/main-abc.js',
  'app://perch/../main/index.cjs',
  'app://perch/%2e%2e/%2e%2e/etc/passwd.html',
  'app://perch:81/main.html',
  'app://user@perch/main.html',
  'https://panel.example.com/server/8d3f5b10',
  'https://user:secret@panel.example.com',
  'http://panel.example.com:8080/prefix/',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'panel.example.com',
  'https://xn--e1afmkfd.example/\u202e',
];
const link = fc.oneof(nearlyText(addresses), fc.webUrl(), fc.string({ unit: 'binary' }));

it('a link opens only an allowed view, whatever it contains', async () => {
  const count = await hammer(link, async (address) => {
    const file = fileOf(root, address);
    if (file !== null && (!isAppUrl(address) || !file.startsWith(root + sep) || file.includes('..'))) {
      throw new Error(`${address} leads to ${file}.`);
    }
    const opened: string[] = [];
    const browser = new Browser({
      openExternal: (url) => Promise.resolve(void opened.push(url)),
      ask: () => Promise.resolve(true),
    });
    await quietly(() => browser.openLink(address));
    await quietly(() => Promise.resolve(normalizePanelUrl(address)));
    await quietly(() => browser.openPanel({ panelUrl: address }));
    const page = panelPage(address, address);
    for (const url of page === null ? opened : [...opened, page]) {
      const { protocol, username, password } = new URL(url);
      const isWeb = protocol === 'https:' || protocol === 'http:';
      if (!isWeb || username !== '' || password !== '') throw new Error(`${address} opens ${url}.`);
    }
  });
  expect(count).toBeGreaterThan(100);
});

/** Accepts a `PerchError`; any other thrown error fails the test. */
async function quietly(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof PerchError)) throw error;
  }
}
