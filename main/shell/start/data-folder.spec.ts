import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { folderFault, portableFolder } from './data-folder.js';
import { processOwner } from './folder-rights.js';

vi.mock('node:fs', { spy: true });

/** User and group of this test run. */
const me = processOwner(process) ?? { uid: 0, gid: 0 };
const linux = { platform: 'linux', owner: me } as const;
const windows = { platform: 'win32', owner: null } as const;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'perch-data-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('folderFault', () => {
  it('creates a missing folder, and leaves no file in it', () => {
    const below = join(folder, 'a', 'b');
    expect(folderFault(below, linux)).toBeNull();
    expect(existsSync(below)).toBe(true);
    expect(folderFault(below, windows)).toBeNull();
    expect(readdirSync(below)).toEqual([]);
  });

  it('reports an unusable folder', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(folderFault(join(folder, 'file'), linux)?.kind).toBe('rights');
    expect(folderFault(join(folder, 'file', 'below'), linux)?.kind).toBe('rights');
  });

  it('reports a disk without symbolic links, such as FAT, except on Windows', () => {
    const refuse = (): never => {
      throw Object.assign(new Error('operation not permitted'), { code: 'EPERM' });
    };
    vi.mocked(symlinkSync).mockImplementationOnce(refuse);
    expect(folderFault(folder, linux)?.kind).toBe('links');
    expect(readdirSync(folder)).toEqual([]);
    vi.mocked(symlinkSync).mockClear();
    expect(folderFault(folder, windows)).toBeNull();
    expect(symlinkSync).not.toHaveBeenCalled();
  });
});

describe('portableFolder', () => {
  const below = (...names: string[]): string => join(folder, ...names);
  const image = () => ({ APPIMAGE: below('Perch.AppImage'), APPDIR: '/tmp/.mount_PerchAb12' });
  const mounted = '/tmp/.mount_PerchAb12/perch';

  it('is beside the executable', () => {
    const from = { env: {}, execPath: below('perch'), platform: 'linux' } as const;
    expect(portableFolder(from)).toBeNull();
    mkdirSync(below('perch-data'));
    expect(portableFolder(from)).toBe(below('perch-data'));
  });

  it('is beside the AppImage, and not beside another AppImage that started this Perch', () => {
    mkdirSync(below('perch-data'));
    expect(portableFolder({ env: image(), execPath: mounted, platform: 'linux' })).toBe(below('perch-data'));
    expect(portableFolder({ env: image(), execPath: '/opt/Perch/perch', platform: 'linux' })).toBeNull();
  });

  it('is beside Perch.app, not in it', () => {
    const execPath = below('Perch.app', 'Contents', 'MacOS', 'Perch');
    mkdirSync(below('Perch.app', 'Contents', 'MacOS', 'perch-data'), { recursive: true });
    expect(portableFolder({ env: {}, execPath, platform: 'darwin' })).toBeNull();
    mkdirSync(below('perch-data'));
    expect(portableFolder({ env: {}, execPath, platform: 'darwin' })).toBe(below('perch-data'));
  });

  it('is beside the program of Windows that unpacks itself elsewhere', () => {
    const looked: string[] = [];
    const look = vi.mocked(statSync).mockImplementation((path) => {
      looked.push(String(path));
      return undefined;
    });
    const execPath = String.raw`C:\Users\o\AppData\Local\Temp\2aB\Perch.exe`;
    portableFolder({ env: { PORTABLE_EXECUTABLE_DIR: 'E:\\' }, execPath, platform: 'win32' });
    portableFolder({ env: {}, execPath: String.raw`D:\Perch\Perch.exe`, platform: 'win32' });
    look.mockRestore();
    expect(looked).toEqual([String.raw`E:\perch-data`, String.raw`D:\Perch\perch-data`]);
  });

  it('must be a folder', () => {
    writeFileSync(below('perch-data'), '');
    expect(portableFolder({ env: {}, execPath: below('perch'), platform: 'linux' })).toBeNull();
  });
});
