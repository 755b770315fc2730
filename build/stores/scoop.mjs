/**
 * The manifest for a bucket of Scoop.
 *
 * @param {import('./release-files.mjs').Release} release
 * @returns {{ file: string, text: string }[]}
 */
export function scoop({ version, description, licence, homepage, downloads, files }) {
  const later = downloads.replaceAll(version, '$version');
  const manifest = {
    version,
    description,
    homepage,
    license: licence,
    architecture: { '64bit': { url: files.zip.url, hash: files.zip.sha256 } },
    bin: 'Perch.exe',
    shortcuts: [['Perch.exe', 'Perch']],
    autoupdate: { architecture: { '64bit': { url: `${later}/Perch-$version-x64.zip` } } },
  };
  return [{ file: 'scoop/perch.json', text: `${JSON.stringify(manifest, null, 4)}\n` }];
}
