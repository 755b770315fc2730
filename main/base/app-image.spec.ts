import { expect, it } from 'vitest';
import { ownImage } from './app-image.js';

const image = '/home/olive/Perch.AppImage';

it.each([
  ['its own image', { APPIMAGE: image, APPDIR: '/tmp/.mount_PerchAb12' }, image],
  ['its own image over a link', { APPIMAGE: image, APPDIR: '/var/link/.mount_PerchAb12/' }, image],
  [
    'the image of the editor that it was started in',
    { APPIMAGE: image, APPDIR: '/tmp/.mount_CodeXy34' },
    null,
  ],
  ['an image that is mounted nowhere', { APPIMAGE: image }, null],
  ['an image that is mounted at an empty place', { APPIMAGE: image, APPDIR: '/' }, null],
  ['no image', { APPDIR: '/tmp/.mount_PerchAb12' }, null],
])('the path of the AppImage: %s', (_what, env, own) => {
  expect(ownImage({ env, execPath: '/tmp/.mount_PerchAb12/perch' })).toBe(own);
});
