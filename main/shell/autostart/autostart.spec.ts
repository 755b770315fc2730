import { expect, it } from 'vitest';
import { ownCommand } from './autostart.js';

const own = {
  isPackaged: true,
  execPath: '/opt/Perch/perch',
  appPath: '/opt/Perch/resources/app.asar',
  env: {},
  argv: ['--no-sandbox'],
};

it.each([
  ['an installed Perch', {}, ['/opt/Perch/perch']],
  [
    'an AppImage, which is mounted elsewhere each time',
    {
      env: { APPIMAGE: '/home/o/Perch.AppImage', APPDIR: '/tmp/.mount_Perch1' },
      execPath: '/tmp/.mount_Perch1/perch',
    },
    ['/home/o/Perch.AppImage'],
  ],
  [
    'an installed Perch that an AppImage has started',
    { env: { APPIMAGE: '/home/o/Editor.AppImage', APPDIR: '/tmp/.mount_Editor' } },
    ['/opt/Perch/perch'],
  ],
  [
    'a portable program, which unpacks itself',
    { env: { PORTABLE_EXECUTABLE_FILE: 'E:\\Perch.exe' } },
    ['E:\\Perch.exe'],
  ],
  ['a checkout', { isPackaged: false, appPath: '/src' }, ['/opt/Perch/perch', '--no-sandbox', '/src']],
])('%s', (_what, facts, command) => {
  expect(ownCommand({ ...own, ...facts })).toEqual(command);
});
