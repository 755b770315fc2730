import { stringify } from 'yaml';

const id = 'app.perch.Perch';
const share = '/app/share';
const sizes = [16, 24, 32, 48, 64, 128, 256, 512];

/** Zypak makes Chromium's sandbox work inside Flatpak's sandbox; both stay on. */
const launcher = '#!/bin/sh\nexec zypak-wrapper /app/perch/perch "$@"\n';

/**
 * The manifest for Flathub: the debs, unpacked.
 *
 * @param {import('./release-files.mjs').Release} release
 * @returns {{ file: string, text: string }[]}
 */
export function flatpak({ files }) {
  const icons = sizes.map((size) => {
    const place = `share/icons/hicolor/${size}x${size}/apps`;
    return `install -Dm644 usr/${place}/perch.png /app/${place}/${id}.png`;
  });
  const manifest = {
    id,
    runtime: 'org.freedesktop.Platform',
    'runtime-version': '25.08',
    sdk: 'org.freedesktop.Sdk',
    base: 'org.electronjs.Electron2.BaseApp',
    'base-version': '25.08',
    command: 'perch',
    'finish-args': [
      '--share=network',
      '--share=ipc',
      '--socket=wayland',
      '--socket=fallback-x11',
      '--device=dri',
      '--talk-name=org.freedesktop.Notifications',
      '--talk-name=org.freedesktop.secrets',
      '--talk-name=org.kde.StatusNotifierWatcher',
    ],
    modules: [
      {
        name: 'perch',
        buildsystem: 'simple',
        'build-commands': [
          'ar x perch.deb',
          'tar --extract --file data.tar.xz',
          'mv opt/Perch /app/perch',
          'install -Dm755 perch.sh /app/bin/perch',
          `install -Dm644 usr/share/metainfo/${id}.metainfo.xml -t ${share}/metainfo`,
          `install -Dm644 usr/share/applications/${id}.desktop -t ${share}/applications`,
          `desktop-file-edit --set-key=Exec --set-value='perch %U' --set-icon=${id} ${share}/applications/${id}.desktop`,
          ...icons,
        ],
        sources: [
          source(files.debX64, 'x86_64'),
          source(files.debArm64, 'aarch64'),
          { type: 'inline', 'dest-filename': 'perch.sh', contents: launcher },
        ],
      },
    ],
  };
  return [{ file: `flatpak/${id}.yml`, text: stringify(manifest, { lineWidth: 0 }) }];
}

/**
 * @param {import('./release-files.mjs').ReleaseFile} file
 * @param {string} arch
 */
function source({ url, sha256 }, arch) {
  return { type: 'file', 'dest-filename': 'perch.deb', 'only-arches': [arch], url, sha256 };
}
