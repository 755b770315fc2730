/** Updates from a feed on loopback to the running file: offered, downloaded, installed on quit, or ignored. */
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { basename, dirname, join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { Desktop } from '../support/desktop/desktop.mjs';
import { announce, standIn, startUpdateFeed, type UpdateFeed } from '../support/update-feed.js';
import { answerWith } from './closing.js';
import { electronPath, expect, test as base, within, callPressed, type Perch } from './perch.js';
import { Pictures } from './pictures.js';

const feedPath = '/latest-linux.yml';
const filePath = '/perch-0.9.0-x86_64.AppImage';
const notes = '## New\n- **Groups** of servers\n- A console that `reads` <b>well</b>\u202e';

/** AppImage that this Perch believes to run from. */
interface Image {
  readonly file: string;
  /** File that the started new version writes. */
  readonly startedFile: string;
  isAsBefore(): boolean;
}

const before = '#!/bin/sh\necho before\n';

function runFromImage(desktop: Desktop, feed: UpdateFeed): Image {
  const folder = join(desktop.folder, 'programs');
  const file = join(folder, 'perch-0.1.0-x86_64.AppImage');
  mkdirSync(folder);
  writeFileSync(file, before);
  chmodSync(file, 0o755);
  // Electron's folder stands in for the mount folder of an AppImage.
  const mount = join('/tmp', basename(dirname(electronPath())));
  Object.assign(desktop.env, { PERCH_UPDATE_FEED: feed.url, APPIMAGE: file, APPDIR: mount });
  return {
    file,
    startedFile: join(folder, 'started'),
    isAsBefore: () => readFileSync(file, 'utf8') === before,
  };
}

const test = base.extend<{ feed: UpdateFeed; image: Image }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from this pattern
  feed: async ({}, use) => {
    const feed = await startUpdateFeed();
    await use(feed);
    await feed.stop();
  },
  image: async ({ desktop, feed }, use) => use(runFromImage(desktop, feed)),
});

class Section {
  readonly page: Page;
  readonly card: Locator;
  readonly status: Locator;

  constructor(page: Page) {
    this.page = page;
    this.card = page.getByTestId('updates');
    this.status = page.getByTestId('update-status');
  }

  static async open(perch: Perch): Promise<Section> {
    const page = await perch.window('main');
    await page.evaluate(() => window.perch.call('window.open', { view: { kind: 'settings' } }));
    const section = new Section(page);
    await expect(section.card).toBeVisible();
    await section.card.scrollIntoViewIfNeeded();
    return section;
  }

  async check(): Promise<void> {
    await this.status.getByRole('button', { name: 'Check now' }).click();
  }

  async download(): Promise<void> {
    await this.page.getByTestId('update-download').click();
  }

  expectKind(kind: string): Promise<void> {
    return expect(this.status).toHaveAttribute('data-kind', kind, { timeout: 20_000 });
  }
}

/** Sends a file in two halves; the test releases the second. */
function byHalves(file: Buffer): { answer: (response: ServerResponse) => void; release: () => void } {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  return {
    release,
    answer: (response) => {
      response.writeHead(200, { 'content-length': file.length });
      const half = file.subarray(0, file.length / 2);
      // Small parts over some time, because progress is reported once a second.
      let sent = 0;
      const timer = setInterval(() => {
        if (sent >= half.length) return;
        response.write(half.subarray(sent, sent + 40_000));
        sent = Math.min(half.length, sent + 40_000);
      }, 300);
      response.on('close', () => clearInterval(timer));
      void released.then(() => {
        clearInterval(timer);
        response.end(file.subarray(sent));
      });
    },
  };
}

test('an update is offered with its notes, downloaded with progress, and in place after quitting', async ({
  desktop,
  feed,
  image,
  launch,
}) => {
  const fresh = standIn('0.9.0', image.startedFile);
  const half = byHalves(fresh);
  feed.put(feedPath, announce('0.9.0', fresh, { notes }));
  feed.put(filePath, half.answer);
  const perch = await launch();
  const section = await Section.open(perch);
  const pictures = new Pictures(perch, section.page);
  const still = (): Promise<void> => section.card.scrollIntoViewIfNeeded();

  await test.step('no request before the person wants it, or the first minutes are over', async () => {
    await section.expectKind('idle');
    expect(feed.asked).toEqual([]);
  });

  await test.step('version and notes, as plain text', async () => {
    await section.check();
    await section.expectKind('available');
    await expect(section.status).toContainText('Perch 0.9.0 is available');
    await expect(section.page.getByRole('region', { name: 'What’s new' })).toHaveText(
      'New\n• Groups of servers\n• A console that reads <b>well</b>',
    );
    await pictures.take('update-available', still);
  });

  await test.step('requests for the feed only, without a word about the user', () => {
    expect(feed.asked.map(({ path }) => path)).toEqual([feedPath]);
    const headers = Object.keys(feed.asked[0]?.headers ?? {});
    const usual = ['host', 'connection', 'user-agent', 'accept', 'cache-control', 'pragma'];
    const ofChromium = [
      'accept-encoding',
      'accept-language',
      'sec-fetch-dest',
      'sec-fetch-mode',
      'sec-fetch-site',
    ];
    expect(headers.filter((name) => ![...usual, ...ofChromium].includes(name))).toEqual([]);
    expect(feed.asked[0]?.headers['user-agent']).toBe('Perch');
    expect(existsSync(join(perch.dataFolder, '.updaterId'))).toBe(false);
  });

  await test.step('how far it is', async () => {
    await section.download();
    await section.expectKind('downloading');
    await expect(section.page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^[1-9]/);
    await pictures.take('update-downloading', still);
    expect(image.isAsBefore()).toBe(true);
    half.release();
    await section.expectKind('ready');
    await pictures.take('update-ready', still);
  });

  await test.step('the tray and a notification say it as well', async () => {
    const told = await within(30_000, 'a notification', async () =>
      (await desktop.notifications()).find(({ summary }) => summary === 'Perch 0.9.0 is ready'),
    );
    expect(told.body).toContain('when you quit');
    await within(30_000, 'a line of the menu', async () =>
      (await desktop.trayMenu()).some(({ label }) => label === 'Restart to install Perch 0.9.0')
        ? true
        : undefined,
    );
  });

  await test.step('the file is replaced when Perch quits, and can be started', async () => {
    expect(image.isAsBefore()).toBe(true);
    await perch.quit();
    expect(readFileSync(image.file).equals(fresh)).toBe(true);
    expect(statSync(image.file).mode & 0o777).toBe(0o755);
    expect(existsSync(image.startedFile)).toBe(false);
  });
});

/** Finds Perch 0.9.0 and restarts into it; returns the started version. */
async function restarted(feed: UpdateFeed, image: Image, perch: Perch): Promise<string> {
  const fresh = standIn('0.9.0', image.startedFile);
  feed.put(feedPath, announce('0.9.0', fresh));
  feed.put(filePath, fresh);
  const section = await Section.open(perch);
  await section.check();
  await section.download();
  await section.expectKind('ready');
  const ended = new Promise<void>((resolve) => perch.app.on('close', () => resolve()));
  // The press ends Perch, so Playwright may lose the page before the press is acknowledged.
  const press = section.page.getByTestId('update-restart').click();
  await Promise.all([ended, press.catch(() => undefined)]);
  return within(60_000, 'a version was started', () =>
    Promise.resolve(
      (existsSync(image.startedFile) && readFileSync(image.startedFile, 'utf8').trim()) || undefined,
    ),
  );
}

test('Perch restarts in the new version on request', async ({ feed, image, launch }) => {
  expect(await restarted(feed, image, await launch())).toBe('0.9.0');
  expect(readFileSync(image.file).equals(standIn('0.9.0', image.startedFile))).toBe(true);
});

test('Perch restarts in the old version if the new one was not installed, with a report', async ({
  feed,
  image,
  launch,
}) => {
  writeFileSync(image.file, standIn('0.1.0', image.startedFile));
  // Blocks the file name that the update renames to.
  mkdirSync(join(dirname(image.file), `.${basename(image.file)}.new`));
  expect(await restarted(feed, image, await launch())).toBe('0.1.0');
  const again = await Section.open(await launch());
  await expect(again.status).toContainText('Perch 0.9.0 was downloaded, but not installed');
});

test('only the chosen version is requested, and a failed update leaves the running version intact', async ({
  feed,
  image,
  launch,
}) => {
  test.slow();
  const fresh = standIn('0.9.0', image.startedFile);
  const perch = await launch();
  const section = await Section.open(perch);
  const { page } = section;
  const pictures = new Pictures(perch, page);
  feed.put('/beta-linux.yml', announce('0.9.0-beta.1', fresh));
  feed.put(feedPath, announce('0.1.0', fresh));

  await test.step('off', async () => {
    await section.card.getByRole('switch').click();
    await expect(section.status).toHaveCount(0);
    await page.evaluate(() => window.perch.call('updates.check', undefined));
    expect(feed.asked).toEqual([]);
  });

  await test.step('on, and the other channel', async () => {
    await section.card.getByRole('switch').click();
    await section.expectKind('current');
    await section.card.getByRole('radio', { name: 'Beta' }).check({ force: true });
    await section.expectKind('available');
    await expect(section.status).toContainText('Perch 0.9.0-beta.1 is available');
    expect(feed.asked.map(({ path }) => path)).toEqual([feedPath, '/beta-linux.yml']);
  });

  await test.step('a skipped version is not offered again', async () => {
    await section.status.getByRole('button', { name: 'Skip this version' }).click();
    await expect(section.status).toContainText('You skipped this version.');
  });
  expect(image.isAsBefore()).toBe(true);
  await section.card.getByRole('radio', { name: 'Stable' }).check({ force: true });
  await section.expectKind('current');

  const says = async (sentence: string): Promise<void> => {
    await expect(section.status).toContainText(sentence, { timeout: 20_000 });
    expect(image.isAsBefore()).toBe(true);
  };

  await test.step('a wrong checksum', async () => {
    feed.put(feedPath, announce('0.9.0', fresh, { sum: `${'A'.repeat(86)}==` }));
    feed.put(filePath, fresh);
    await section.check();
    await section.download();
    await section.expectKind('failed');
    await says('has a wrong checksum');
    await pictures.take('update-failed', () => section.card.scrollIntoViewIfNeeded());
  });

  await test.step('a download that is cut off, and then completes', async () => {
    feed.put(filePath, (response) => {
      response.writeHead(200, { 'content-length': fresh.length });
      response.write(fresh.subarray(0, 1000), () => response.destroy());
    });
    await section.download();
    await section.expectKind('failed');
    await says('was interrupted');
  });

  await test.step('a lower version', async () => {
    feed.put(feedPath, announce('0.0.9', fresh));
    await section.page.evaluate(() => window.perch.call('updates.check', undefined));
    await section.expectKind('current');
    await says('0.0.9, is older than this one');
  });

  await test.step('a version that has not reached this computer', async () => {
    feed.put(feedPath, announce('0.9.0', fresh, { stagingPercentage: 0 }));
    await section.check();
    await says('Perch 0.9.0 is released step by step');
  });

  await test.step('the same version', async () => {
    feed.put(feedPath, announce('0.1.0', fresh));
    await section.check();
    await says('This is the newest version.');
  });

  await test.step('a feed that is a page', async () => {
    feed.put(feedPath, '<!DOCTYPE html><html><body>Sign in: <a href="/">here</a></body></html>');
    await section.check();
    await section.expectKind('failed');
    await says('not a list of versions');
  });

  await test.step('a feed without end', async () => {
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    feed.put(feedPath, (response) => {
      void begun.then(() => {
        const more = setInterval(() => response.write('# '.padEnd(100_000, 'x')), 20);
        response.on('close', () => clearInterval(more));
      });
    });
    await section.check();
    await section.expectKind('checking');
    begin();
    await section.expectKind('failed');
    await says('not a list of versions');
  });

  await test.step('no feed', async () => {
    feed.put(feedPath, null);
    await section.check();
    await says('has no versions for this channel');
  });

  await test.step('no network', async () => {
    await feed.stop();
    await section.check();
    await says('could not reach the update server');
  });

  await perch.quit();
  expect(image.isAsBefore()).toBe(true);
});

test('updates use the proxy of the settings, with its login', async ({ desktop, feed, image, launch }) => {
  // Only the proxy knows this name.
  Object.assign(desktop.env, { PERCH_UPDATE_FEED: 'http://updates.perch.invalid/' });
  const fresh = standIn('0.9.0', image.startedFile);
  feed.put(feedPath, announce('0.9.0', fresh));
  feed.put(filePath, fresh);
  feed.asksFor('olive:s3cret');
  const perch = await launch();
  await answerWith(perch, 'Use this proxy');
  const section = await Section.open(perch);
  const network = section.page.getByTestId('network-settings');
  const save = async (password: string): Promise<void> => {
    await network.locator('input[name="proxy-password"]').fill(password);
    await section.page.getByTestId('proxy-save').click();
    await expect(network.locator('input[name="proxy-password"]')).toHaveValue('');
  };

  await section.check();
  await section.expectKind('failed');
  await section.page.getByTestId('proxy-use').getByRole('radio', { name: 'Own proxy', exact: true }).check();
  await network.locator('input[name="proxy-host"]').fill(`http://olive@${new URL(feed.url).host}`);
  await save('wrong');
  await section.check();
  await section.expectKind('failed');
  expect(feed.asked).toEqual([]);

  await save('s3cret');
  await section.check();
  await section.expectKind('available');
  await section.download();
  await section.expectKind('ready');
  expect(feed.asked.map(({ path }) => path)).toEqual([feedPath, filePath]);
});

test('a copy that Perch cannot replace names the next step, and a build without a feed is reported', async ({
  desktop,
  feed,
  launch,
}) => {
  feed.put(feedPath, announce('0.9.0', Buffer.from('x')));
  Object.assign(desktop.env, { PERCH_UPDATE_FEED: feed.url });
  const perch = await launch();
  const section = await Section.open(perch);
  await section.check();
  await section.expectKind('available');
  await expect(section.status).toContainText('Perch can’t replace itself here');
  await expect(section.page.getByTestId('update-download')).toHaveCount(0);
  await callPressed(section.page, 'updates.download', undefined);
  expect(feed.asked.map(({ path }) => path)).toEqual([feedPath]);
  await perch.quit();

  Object.assign(desktop.env, { PERCH_UPDATE_FEED: '' });
  const without = await Section.open(await launch());
  await expect(without.card).toContainText('does not check for new versions');
  await expect(without.card.getByRole('switch')).toHaveCount(0);
});
