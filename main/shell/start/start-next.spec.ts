import { expect, it, vi } from 'vitest';
import { startNext } from './start-next.js';

const request = { link: null, hidden: false, wants: 'settings' } as const;
const argv = ['/opt/perch/perch', '--no-sandbox', '--hidden', '/app'];

it('starts the program with its own words and the new request', () => {
  const app = { relaunch: vi.fn() };
  startNext(app, { env: {}, execPath: '/opt/perch/perch', argv }, request);
  expect(app.relaunch).toHaveBeenCalledExactlyOnceWith({ args: ['--no-sandbox', '/app', '--settings'] });
});

it('starts nothing after another quit', () => {
  const app = { relaunch: vi.fn() };
  startNext(app, { env: {}, execPath: '/opt/perch/perch', argv }, { ...request, wants: 'quit' });
  expect(app.relaunch).not.toHaveBeenCalled();
});

it('starts the file of an AppImage, because its folder goes with this process', () => {
  const app = { relaunch: vi.fn() };
  const env = { APPIMAGE: '/home/olive/perch.AppImage', APPDIR: '/tmp/.mount_perchAbC' };
  startNext(app, { env, execPath: '/tmp/.mount_perchAbC/perch', argv }, request);
  expect(app.relaunch).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ execPath: '/home/olive/perch.AppImage' }),
  );
});
