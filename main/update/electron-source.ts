/** electron-updater behind the `UpdateSource` port. Loaded at the first check at the feed, to keep the start fast. */
import { app, net, session, type Session } from 'electron';
import { CancellationToken } from 'electron-updater/out/types.js';
import { AppImageUpdater } from 'electron-updater/out/AppImageUpdater.js';
import { getAppCacheDir } from 'electron-updater/out/AppAdapter.js';
import type { AppUpdater } from 'electron-updater/out/AppUpdater.js';
import { MacUpdater } from 'electron-updater/out/MacUpdater.js';
import { NsisUpdater } from 'electron-updater/out/NsisUpdater.js';
import type { UpdateChannel } from '../../bridge/updates.js';
import type { Proxies } from '../base/network-ports.js';
import type { Clock } from '../base/ports.js';
import { announcementOf, type Announcement } from './announcement.js';
import { updateFailureOf } from './failure-of.js';
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

/** Longest wait for Squirrel to end the application, in ms. Squirrel first records which program to start. */
const macEndsWithinMs = 10_000;
/** Name of the folder in the user's cache folder. */
const cacheName = 'perch-updater';

/** The version that the feed announced, and the updater that can download it. */
interface Found {
  readonly updater: AppUpdater;
  readonly announced: Announcement;
}

export class ElectronSource implements UpdateSource {
  readonly #session: Session;
  readonly #requests: FeedRequests;
  #found: Found | null = null;
  #fetched: string | null = null;
  #cancel: CancellationToken | null = null;

  constructor(private readonly deps: ElectronSourceDeps) {
    // A session for updates alone: the session of the windows has no network access, and this session stores nothing.
    this.#session = session.fromPartition('updates', { cache: false });
    this.#requests = new FeedRequests(net, this.#session, deps.feed);
  }

  async check(channel: UpdateChannel, rolloutBucket: number): Promise<Announced> {
    await this.#takeWay();
    const updater = this.#updater(channel);
    let isHeld = false;
    updater.isUserWithinRollout = ({ stagingPercentage }) => {
      isHeld = stagingPercentage !== undefined && rolloutBucket >= Number(stagingPercentage);
      return !isHeld;
    };
    try {
      const result = await updater.checkForUpdates();
      const announced = announcementOf(result?.updateInfo, this.deps.feed);
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
      throw updateFailureOf(error, 'check');
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
      throw updateFailureOf(error, 'fetch');
    } finally {
      updater.off('download-progress', told);
    }
  }

  abandon(): void {
    this.#cancel?.cancel();
    this.#requests.abort();
  }

  async install({ restart }: { restart: boolean }): Promise<void> {
    const { kind, clock } = this.deps;
    if (this.#found === null || this.#fetched === null) return;
    const { updater, announced } = this.#found;
    if (kind.kind === 'image') {
      // Request the restart before the replacement. If the replacement fails, the path still holds the old image, and
      // Perch starts again in both cases.
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

  /** Applies the proxy of the feed to the session. Files on another host use the same proxy. */
  async #takeWay(): Promise<void> {
    const { proxies, feed } = this.deps;
    const { rules, logins } = feedWay(await proxies.resolve(feed));
    // The proxy's answer already covers the hosts that are never proxied.
    await this.#session.setProxy({ proxyRules: rules, proxyBypassRules: '<-loopback>' });
    this.#requests.logins = logins;
  }

  /**
   * Creates an updater for one check. electron-updater keeps a pending check, even one without an answer, so each check
   * needs a new updater.
   */
  #updater(channel: UpdateChannel): AppUpdater {
    const { feed, platform, resources, dataFolder } = this.deps;
    const adapter = {
      version: app.getVersion(),
      name: app.getName(),
      // electron-updater finds no update in a checkout. `publishedBy` decides whether a feed exists.
      isPackaged: true,
      appUpdateConfigPath: `${resources}/app-update.yml`,
      userDataPath: dataFolder,
      baseCachePath: getAppCacheDir(),
      whenReady: () => app.whenReady(),
      relaunch: () => app.relaunch(),
      quit: () => app.quit(),
      // `install` installs the update, after all modules have stopped.
      onQuit: () => undefined,
    };
    const Kind = platform === 'win32' ? NsisUpdater : platform === 'darwin' ? MacUpdater : AppImageUpdater;
    const updater: AppUpdater = new Kind(undefined, adapter);
    Object.assign(updater, {
      httpExecutor: this.#requests,
      // Without this value electron-updater would create an id of this computer and store it in a file. The roll-out
      // lot needs no id.
      stagingUserIdPromise: { value: Promise.resolve('') },
      // Replaces a configuration file that holds only the name of the cache folder on Linux. Packages as tar.gz lack
      // the file.
      ...(platform === 'linux'
        ? { configOnDisk: { value: Promise.resolve({ updaterCacheDirName: cacheName }) } }
        : {}),
    });
    updater.logger = null;
    updater.forceDevUpdateConfig = true;
    updater.autoDownload = false;
    // Squirrel takes over the downloaded file, and installs it when Perch ends.
    updater.autoInstallOnAppQuit = platform === 'darwin';
    updater.disableWebInstaller = true;
    // A full download is one request with one checksum.
    updater.disableDifferentialDownload = true;
    updater.channel = channel === 'beta' ? 'beta' : 'latest';
    // Setting the channel turns downgrades on.
    updater.allowDowngrade = false;
    updater.setFeedURL({ provider: 'generic', url: feed });
    return updater;
  }
}
