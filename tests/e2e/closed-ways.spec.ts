/** Attempts of a script inside a page: network, clipboard, another page. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from './perch.js';

test('a page reaches neither the network nor the clipboard, and cannot leave', async ({ launch }) => {
  const perch = await launch();
  const page = await perch.window('main');
  await expect(page.getByRole('heading').first()).toBeVisible();
  const shown = () =>
    perch.app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const isThere: unknown = await contents?.executeJavaScript('document.querySelector("h1") !== null');
      return { address: contents?.getURL(), isThere };
    });

  await test.step('WebRTC finds no way out', async () => {
    const found = await page.evaluate(async () => {
      const connection = new RTCPeerConnection();
      const candidates: string[] = [];
      connection.onicecandidate = ({ candidate }) => candidates.push(candidate?.candidate ?? 'end');
      connection.createDataChannel('out');
      await connection.setLocalDescription(await connection.createOffer());
      await new Promise((next) => setTimeout(next, 1500));
      return candidates.filter((candidate) => candidate !== '' && candidate !== 'end');
    });
    expect(found).toEqual([]);
  });

  await test.step('nor by a server that should pass a request on', async () => {
    const asked: string[] = [];
    const server = createServer((socket) => asked.push(String(socket.remoteAddress))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const state = await page.evaluate(async (turn) => {
      const iceServers = [{ urls: turn, username: 'what was found', credential: 'x' }];
      const connection = new RTCPeerConnection({ iceServers });
      connection.createDataChannel('out');
      const gathered = new Promise<void>((next) =>
        connection.addEventListener('icegatheringstatechange', () => {
          if (connection.iceGatheringState === 'complete') next();
        }),
      );
      const after = (ms: number) => new Promise((next) => setTimeout(next, ms));
      await connection.setLocalDescription(await connection.createOffer());
      await Promise.all([Promise.race([gathered, after(20_000)]), after(3000)]);
      return connection.iceGatheringState;
    }, `turn:127.0.0.1:${port}?transport=tcp`);
    server.close();
    expect(asked).toEqual([]);
    expect(state).toBe('complete');
  });

  await test.step('the clipboard can’t be read', async () => {
    await perch.app.evaluate(({ clipboard }) => clipboard.writeText('what somebody has copied'));
    const pasted = await page.evaluate(async () => {
      const field = document.body.appendChild(document.createElement('textarea'));
      field.focus();
      document.execCommand('paste');
      const { value } = field;
      field.remove();
      return [value, await navigator.clipboard.readText().catch(() => 'refused')];
    });
    expect(pasted).toEqual(['', 'refused']);
  });

  await test.step('no other window, and no other origin', async () => {
    const opened = await page.evaluate(() => window.open('about:blank'));
    expect(opened).toBeNull();
    const asked = await page.evaluate(() =>
      Promise.all(
        ['app://perch:81/main.html', 'https://example.com/'].map((url) =>
          fetch(url).then(
            () => 'answered',
            () => 'refused',
          ),
        ),
      ),
    );
    expect(asked).toEqual(['refused', 'refused']);
  });

  for (const elsewhere of ['app://perch:81/popover.html', 'about:blank', 'data:text/html,hello']) {
    await test.step(`${elsewhere} is no place to go`, async () => {
      await page.evaluate((url) => void (location.href = url), elsewhere).catch(() => undefined);
      await page.waitForTimeout(500);
      // Playwright's page object would wait for the refused navigation, so main reads the page.
      await expect.poll(shown).toEqual({ address: 'app://perch/main.html', isThere: true });
    });
  }
  expect(perch.app.windows()).toHaveLength(1);
});
