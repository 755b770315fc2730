import { dirname, join } from 'node:path';
import type { UpdateWay } from '../../bridge/updates.js';
import { ownImage } from '../base/app-image.js';

/** How this Perch was installed. The kind decides who can replace it. */
export type PackageKind =
  /** An AppImage in a folder that the user may write to. */
  | { readonly kind: 'image'; readonly file: string }
  /** Installed by the Windows installer. */
  | { readonly kind: 'setup' }
  /** A signed application on macOS. The system accepts an update only with the same signature. */
  | { readonly kind: 'mac' }
  | { readonly kind: 'deb' | 'rpm' | 'flatpak' }
  /** A distribution's package, made from a package of Perch. */
  | { readonly kind: 'distribution' }
  /** A copy without a package manager: tar.gz, zip, portable, a read-only AppImage, a checkout. */
  | { readonly kind: 'copy' };

export interface PackageFacts {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly execPath: string;
  readonly resources: string;
  /** True if this build was signed. */
  readonly isSigned: boolean;
  /** Content of a file; null if the file cannot be read. */
  readonly read: (file: string) => Promise<string | null>;
  readonly isThere: (file: string) => Promise<boolean>;
  readonly isWritable: (folder: string) => Promise<boolean>;
}

export async function packageKind(facts: PackageFacts): Promise<PackageKind> {
  const { platform, env, execPath, isSigned, isThere } = facts;
  if (platform === 'linux') return ofLinux(facts);
  if (platform === 'darwin') return { kind: isSigned ? 'mac' : 'copy' };
  if (platform !== 'win32' || env['PORTABLE_EXECUTABLE_FILE'] !== undefined) return { kind: 'copy' };
  // Only the installer creates this file.
  const isInstalled = await isThere(join(dirname(execPath), 'Uninstall Perch.exe'));
  return { kind: isInstalled ? 'setup' : 'copy' };
}

/** Install folders of packages. Users unpack archives elsewhere. */
const packaged = /^\/(?:opt|usr)\//;
/** dpkg's list of the files of our package. */
const dpkgList = '/var/lib/dpkg/info/perch.list';

async function ofLinux(facts: PackageFacts): Promise<PackageKind> {
  const { env, resources, read, isThere, isWritable } = facts;
  if (env['FLATPAK_ID'] !== undefined) return { kind: 'flatpak' };
  const file = ownImage(facts);
  if (file !== null) return (await isWritable(dirname(file))) ? { kind: 'image', file } : { kind: 'copy' };
  if (!packaged.test(facts.execPath)) return { kind: 'copy' };
  // electron-builder writes this file into every package, archives included. A distribution's package made from our deb
  // (the AUR's, for example) has the file as well.
  const type = (await read(join(resources, 'package-type')))?.trim();
  if (type === 'rpm') return { kind: 'rpm' };
  if (type !== 'deb') return { kind: 'copy' };
  return { kind: (await isThere(dpkgList)) ? 'deb' : 'distribution' };
}

/** Names of the processors in package files, by Node's `process.arch`. */
const processors: Record<string, { deb: string; rpm: string }> = {
  x64: { deb: 'amd64', rpm: 'x86_64' },
  arm64: { deb: 'arm64', rpm: 'aarch64' },
};

const ways: Readonly<Record<PackageKind['kind'], UpdateWay>> = {
  image: 'install',
  setup: 'install',
  mac: 'install',
  deb: 'apt',
  rpm: 'dnf',
  flatpak: 'flatpak',
  distribution: 'packages',
  copy: 'page',
};

/**
 * Who installs a version on this computer, and the command for it. `version` is safe in a shell (see
 * `announcement.ts`).
 */
export function wayOf(
  { kind }: PackageKind,
  version: string,
  arch: string,
): { way: UpdateWay; command: string | null } {
  const way = ways[kind];
  if (kind === 'flatpak') return { way, command: 'flatpak update app.perch.Perch' };
  if (kind !== 'deb' && kind !== 'rpm') return { way, command: null };
  const processor = processors[arch]?.[kind];
  const file = `./perch-${version}-${processor}.${kind}`;
  return { way, command: processor === undefined ? null : `sudo ${way} install ${file}` };
}
