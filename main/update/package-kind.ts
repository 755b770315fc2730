import { dirname, join } from 'node:path';
import type { UpdateWay } from '../../bridge/updates.js';
import { ownImage } from '../base/app-image.js';

/** How this Perch came to this computer, as far as that decides who replaces it. */
export type PackageKind =
  /** An AppImage in a folder that this person may write to. */
  | { readonly kind: 'image'; readonly file: string }
  /** What the installer for Windows has put there. */
  | { readonly kind: 'setup' }
  /** A signed application of macOS: the system replaces it with none that somebody else has signed. */
  | { readonly kind: 'mac' }
  | { readonly kind: 'deb' | 'rpm' | 'flatpak' }
  /** The packager of a distribution that made its own package of ours. */
  | { readonly kind: 'distribution' }
  /** A copy that nobody but the person knows of: tar.gz, zip, portable, a read-only AppImage, a checkout. */
  | { readonly kind: 'copy' };

export interface PackageFacts {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly execPath: string;
  /** Electron's folder `resources`. */
  readonly resources: string;
  /** Whether this build was signed. */
  readonly isSigned: boolean;
  /** null where there is no such file. */
  readonly read: (file: string) => Promise<string | null>;
  readonly isThere: (file: string) => Promise<boolean>;
  readonly isWritable: (folder: string) => Promise<boolean>;
}

export async function packageKind(facts: PackageFacts): Promise<PackageKind> {
  const { platform, env, execPath, isSigned, isThere } = facts;
  if (platform === 'linux') return ofLinux(facts);
  if (platform === 'darwin') return { kind: isSigned ? 'mac' : 'copy' };
  if (platform !== 'win32' || env['PORTABLE_EXECUTABLE_FILE'] !== undefined) return { kind: 'copy' };
  // The installer puts it there, an archive has none.
  const isInstalled = await isThere(join(dirname(execPath), 'Uninstall Perch.exe'));
  return { kind: isInstalled ? 'setup' : 'copy' };
}

/** Where packagers put Perch; a person unpacks it elsewhere. */
const packaged = /^\/(?:opt|usr)\//;
/** Where dpkg writes down what belongs to our package. */
const dpkgList = '/var/lib/dpkg/info/perch.list';

async function ofLinux(facts: PackageFacts): Promise<PackageKind> {
  const { env, resources, read, isThere, isWritable } = facts;
  if (env['FLATPAK_ID'] !== undefined) return { kind: 'flatpak' };
  const file = ownImage(facts);
  if (file !== null) return (await isWritable(dirname(file))) ? { kind: 'image', file } : { kind: 'copy' };
  if (!packaged.test(facts.execPath)) return { kind: 'copy' };
  // electron-builder writes it for packagers, in a folder that all packages are made from, archives among them. Others
  // are made of our deb: the AUR's, for one.
  const type = (await read(join(resources, 'package-type')))?.trim();
  if (type === 'rpm') return { kind: 'rpm' };
  if (type !== 'deb') return { kind: 'copy' };
  return { kind: (await isThere(dpkgList)) ? 'deb' : 'distribution' };
}

/** How packagers call the processors that there are packages for. */
const processors: Record<string, { deb: string; rpm: string }> = {
  x64: { deb: 'amd64', rpm: 'x86_64' },
  arm64: { deb: 'arm64', rpm: 'aarch64' },
};

/** Who installs a version on this computer, and by which command. Versions hold nothing that a shell would take for more. */
export function wayOf(
  { kind }: PackageKind,
  version: string,
  arch: string,
): { way: UpdateWay; command: string | null } {
  const processor = processors[arch];
  switch (kind) {
    case 'image':
    case 'setup':
    case 'mac':
      return { way: 'install', command: null };
    case 'deb':
      return {
        way: 'apt',
        command: processor ? `sudo apt install ./perch-${version}-${processor.deb}.deb` : null,
      };
    case 'rpm':
      return {
        way: 'dnf',
        command: processor ? `sudo dnf install ./perch-${version}-${processor.rpm}.rpm` : null,
      };
    case 'flatpak':
      return { way: 'flatpak', command: 'flatpak update app.perch.Perch' };
    case 'distribution':
      return { way: 'packages', command: null };
    case 'copy':
      return { way: 'page', command: null };
  }
}
