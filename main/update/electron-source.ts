/** electron-updater behind the port. Loaded when the feed is first read, so that a start knows nothing of it. */
import { app, net, session, type Session } from 'electron';
import { CancellationToken } from 'electron-updater/out/types.js';
import { AppImageUpdater } from 'electron-updater/out/AppImageUpdater.js';
import { getAppCacheDir } from 'electron-updater/out/AppAdapter.js';
import type { AppUpdater } from 'electron-updater/out/AppUpdater.js';
import { MacUpdater } from 'electron-updater/out/MacUpdater.js';
import { NsisUpdater } from 'electron-updater/out/NsisUpdater.js';
import type { UpdateChannel } from '../../bridge/updates.js';
import type { Clock, Proxies } from '../base/ports.js';
import { announcementOf, type Announcement } from './announcement.js';
import { failureOf } from './failure-of.js';
import { FeedRequests } from './feed-requests.js';
import { feedWay } from './feed-way.js';
import type { PackageKind } from './package-kind.js';
import { replaceImage } from './replace-image.js';
import { UpdateFailure, type Announced, type UpdateSource } from './source.js';

export interface ElectronSourceDeps {
  readonly clock: Clock;
  readonly proxies: Pick<Proxies, 'resolve'>;
  readonly feed: string;
  readonly kind: PackageKind;
  readonly platform: NodeJS.Platform;
  readonly resources: string;
  readonly dataFolder: string;
}

/** Squirrel ends the application itself once it has written down what to start. */
const macEndsWithinMs = 10_000;
/** A folder in the system's cache of this person. */
const cacheName = 'perch-updater';

/** What the feed announced, and who downloads it. */
interface Found {
  readonly updater: AppUpdater;
  readonly announced: Announcement;
}

export class ElectronSource implements UpdateSource {
  readonly #deps: ElectronSourceDeps;
  readonly #session: Session;
  readonly #requests: FeedRequests;
  #found: Found | null = null;
  #fetched: string | null = null;
  #cancel: CancellationToken | null = null;

  constructor(deps: ElectronSourceDeps) {
    this.#deps = deps;
    // One of its own: that of the windows has no way out, and this one keeps nothing.
    this.#session = session.fromPartition('updates', { cache: false });
    this.#requests = new FeedRequests(net, this.#session, deps.feed);
  }

  async look(channel: UpdateChannel, lot: number): Promise<Announced> {
    await this.#takeWay();
    const updater = this.#updater(channel);
    let isHeld = false;
    updater.isUserWithinRollout = ({ stagingPercentage }) => {
      isHeld = stagingPercentage !== undefined && lot >= Number(stagingPercentage);
      return !isHeld;
    };
    try {
      const result = await updater.checkForUpdates();
      const announced = announcementOf(result?.updateInfo, this.#deps.feed);
      const { version, releaseNotes: notes } = announced;
      if (result?.isUpdateAvailable === true) {
        this.#found = { updater, announced };
        return { version, notes, is: 'newer' };
      }
      const { currentVersion } = updater as { currentVersion: { compare(other: string): number } };
      const ahead = currentVersion.compare(version);
      const held = isHeld ? 'staged' : 'same';
      return { version, notes, is: ahead > 0 ? 'older' : ahead < 0 ? held : 'same' };
    } catch (error) {
      throw failureOf(error, 'look');
    }
  }

  async fetch(progress: (share: number) => void): Promise<void> {
    if (this.#found === null) throw new UpdateFailure('broken-off', 'nothing was found');
    const { updater } = this.#found;
    const told = ({ percent }: { percent: number }): void => progress(Math.min(1, percent / 100));
    this.#cancel = new CancellationToken();
    await this.#takeWay();
    updater.on('download-progress', told);
    try {
      const [file] = await updater.downloadUpdate(this.#cancel);
      this.#fetched = file ?? null;
    } catch (error) {
      throw failureOf(error, 'fetch');
    } finally {
      updater.off('download-progress', told);
    }
  }

  abandon(): void {
    this.#cancel?.cancel();
    this.#requests.abort();
  }

  async install({ restart }: { restart: boolean }): Promise<void> {
    const { kind, clock } = this.#deps;
    if (this.#found === null || this.#fetched === null) return;
    const { updater, announced } = this.#found;
    if (kind.kind === 'image') {
      // Before anything can fail or be late: under this name lies the new one by then, or still the old one.
      if (restart) app.relaunch({ execPath: kind.file, args: [] });
      const sums = announced.files.map(({ sha512 }) => sha512);
      await replaceImage(this.#fetched, kind.file, sums);
    } else if (updater instanceof NsisUpdater) {
      if (updater.install(true, restart)) return;
      if (restart) app.relaunch();
      throw new UpdateFailure('not-written', 'the installer was not started');
    } else if (restart) {
      updater.quitAndInstall();
      await new Promise<void>((resolve) => void clock.after(macEndsWithinMs, resolve));
    }
  }

  /** Files may lie elsewhere than the feed; the way to them is the same. */
  async #takeWay(): Promise<void> {
    const { proxies, feed } = this.#deps;
    const { rules, logins } = feedWay(await proxies.resolve(feed));
    // What is never proxied is in the answer already.
    await this.#session.setProxy({ proxyRules: rules, proxyBypassRules: '<-loopback>' });
    this.#requests.logins = logins;
  }

  /** A new one for each look: electron-updater holds on to what it asked, even where no answer ever comes. */
  #updater(channel: UpdateChannel): AppUpdater {
    const { feed, platform, resources, dataFolder } = this.#deps;
    const adapter = {
      version: app.getVersion(),
      name: app.getName(),
      // It would do nothing in a checkout; whether anything is asked is decided elsewhere.
      isPackaged: true,
      appUpdateConfigPath: `${resources}/app-update.yml`,
      userDataPath: dataFolder,
      baseCachePath: getAppCacheDir(),
      whenReady: () => app.whenReady(),
      relaunch: () => app.relaunch(),
      quit: () => app.quit(),
      // It is installed by `install`, once everything else has ended.
      onQuit: () => undefined,
    };
    const Kind = platform === 'win32' ? NsisUpdater : platform === 'darwin' ? MacUpdater : AppImageUpdater;
    const updater: AppUpdater = new Kind(undefined, adapter);
    Object.assign(updater, {
      httpExecutor: this.#requests,
      // Else it makes an id of this computer and keeps it in a file; the lot needs none.
      stagingUserIdPromise: { value: Promise.resolve('') },
      // On Linux all that it says is the folder, and a package made with tar has no such file.
      ...(platform === 'linux'
        ? { configOnDisk: { value: Promise.resolve({ updaterCacheDirName: cacheName }) } }
        : {}),
    });
    updater.logger = null;
    updater.forceDevUpdateConfig = true;
    updater.autoDownload = false;
    // Squirrel takes the file over when it is downloaded, and installs it when Perch ends.
    updater.autoInstallOnAppQuit = platform === 'darwin';
    updater.disableWebInstaller = true;
    // A whole file is one request, and is checked as a whole.
    updater.disableDifferentialDownload = true;
    updater.channel = channel === 'beta' ? 'beta' : 'latest';
    // Setting the channel allows it.
    updater.allowDowngrade = false;
    updater.setFeedURL({ provider: 'generic', url: feed });
    return updater;
  }
}
