import { stringify } from 'yaml';

export const identifier = 'Perch.Perch';
const manifestVersion = '1.10.0';

/**
 * The three manifests for winget-pkgs.
 *
 * @param {import('./release-files.mjs').Release} release
 * @returns {{ file: string, text: string }[]}
 */
export function winget({ version, day, description, licence, developer, homepage, files }) {
  const head = { PackageIdentifier: identifier, PackageVersion: version };
  const locale = 'en-US';
  return [
    manifest('version', '', { ...head, DefaultLocale: locale }),
    manifest('installer', '.installer', {
      ...head,
      InstallerType: 'nullsoft',
      Scope: 'user',
      InstallModes: ['interactive', 'silent'],
      UpgradeBehavior: 'install',
      Protocols: ['perch'],
      ReleaseDate: day,
      Installers: [
        {
          Architecture: 'x64',
          InstallerUrl: files.setup.url,
          InstallerSha256: files.setup.sha256.toUpperCase(),
        },
      ],
    }),
    manifest('defaultLocale', `.locale.${locale}`, {
      ...head,
      PackageLocale: locale,
      Publisher: developer,
      PackageName: 'Perch',
      PackageUrl: homepage,
      License: licence,
      ShortDescription: description,
      Tags: ['game-server', 'pelican', 'pterodactyl', 'tray'],
    }),
  ];
}

/**
 * @param {string} type
 * @param {string} ending
 * @param {Record<string, unknown>} fields
 */
function manifest(type, ending, fields) {
  const schema = `https://aka.ms/winget-manifest.${type}.${manifestVersion}.schema.json`;
  const all = { ...fields, ManifestType: type, ManifestVersion: manifestVersion };
  return {
    file: `winget/${identifier}${ending}.yaml`,
    text: `# yaml-language-server: $schema=${schema}\n\n${stringify(all, { lineWidth: 0 })}`,
  };
}
