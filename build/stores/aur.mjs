const depends = ['gtk3', 'nss', 'alsa-lib', 'mesa', 'libnotify', 'libxss', 'libxtst', 'xdg-utils'];
const optional = ['org.freedesktop.secrets: keeps API keys'];

/**
 * PKGBUILD and .SRCINFO for the Arch User Repository: the debs, unpacked.
 *
 * @param {import('./release-files.mjs').Release} release
 * @returns {{ file: string, text: string }[]}
 */
export function aur(release) {
  const { version, description, licence, homepage, files } = release;
  // A dash would start the release number of the package.
  const pkgver = version.replaceAll('-', '_');
  const [x64, arm64] = [files.debX64, files.debArm64].map(({ url, sha256 }) => ({
    source: `perch-${pkgver}-${sha256.slice(0, 8)}.deb::${url}`,
    sha256,
  }));
  if (!x64 || !arm64) throw new Error('there are no debs');
  const build = `# Maintainer: ${release.developer}
pkgname=perch-bin
pkgver=${pkgver}
pkgrel=1
pkgdesc=${quoted(description)}
arch=('x86_64' 'aarch64')
url=${quoted(homepage)}
license=(${quoted(licence)})
depends=(${depends.map(quoted).join(' ')})
optdepends=(${optional.map(quoted).join(' ')})
provides=('perch')
conflicts=('perch')
options=('!strip' '!debug')
source_x86_64=(${quoted(x64.source)})
source_aarch64=(${quoted(arm64.source)})
sha256sums_x86_64=(${quoted(x64.sha256)})
sha256sums_aarch64=(${quoted(arm64.sha256)})

package() {
  bsdtar -xf data.tar.xz -C "$pkgdir"
  # Where the kernel makes no namespaces for everybody, Chromium's sandbox needs its setuid program.
  chmod 4755 "$pkgdir/opt/Perch/chrome-sandbox"
  install -d "$pkgdir/usr/bin"
  ln -s /opt/Perch/perch "$pkgdir/usr/bin/perch"
  install -Dm644 "$pkgdir/usr/share/doc/perch/copyright" "$pkgdir/usr/share/licenses/$pkgname/LICENSE"
}
`;
  const fields = [
    ['pkgdesc', description],
    ['pkgver', pkgver],
    ['pkgrel', '1'],
    ['url', homepage],
    ['arch', 'x86_64'],
    ['arch', 'aarch64'],
    ['license', licence],
    ...depends.map((name) => ['depends', name]),
    ...optional.map((name) => ['optdepends', name]),
    ['provides', 'perch'],
    ['conflicts', 'perch'],
    ['options', '!strip'],
    ['options', '!debug'],
    ['source_x86_64', x64.source],
    ['sha256sums_x86_64', x64.sha256],
    ['source_aarch64', arm64.source],
    ['sha256sums_aarch64', arm64.sha256],
  ];
  const info = fields.map(([name, value]) => `\t${name} = ${value}\n`).join('');
  return [
    { file: 'aur/PKGBUILD', text: build },
    { file: 'aur/.SRCINFO', text: `pkgbase = perch-bin\n${info}\npkgname = perch-bin\n` },
  ];
}

/** @param {string} text */
function quoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
