import { EventEmitter } from 'node:events';
import type { SFTPWrapper } from 'ssh2';
import { expect, it, vi } from 'vitest';
import type { OpenFile } from './open-file.js';
import type { SessionFiles } from './session-files.js';
import { SftpSession } from './session.js';

function rig() {
  const handle = vi.fn();
  const stream = Object.assign(new EventEmitter(), { handle, status: vi.fn(), end: vi.fn() });
  const close = vi.fn(() => Promise.resolve());
  let opened = (): void => undefined;
  const file = new Promise<OpenFile>((resolve) => {
    opened = () => resolve({ path: '/a', close } as unknown as OpenFile);
  });
  new SftpSession({
    stream: stream as unknown as SFTPWrapper,
    files: { open: () => file } as unknown as SessionFiles,
    swallows: () => false,
    pass: () => Promise.resolve(),
    grow: () => undefined,
  });
  return { stream, handle, close, opened: () => opened() };
}

it('gives the client a file that is open', async () => {
  const { stream, handle, close, opened } = rig();
  stream.emit('OPEN', 1, '/a', 1);
  opened();
  await vi.waitFor(() => expect(handle).toHaveBeenCalledOnce());
  expect(close).not.toHaveBeenCalled();
});

it('closes a file that opens after its client has gone', async () => {
  const { stream, handle, close, opened } = rig();
  stream.emit('OPEN', 1, '/a', 1);
  stream.emit('close');
  opened();
  await vi.waitFor(() => expect(close).toHaveBeenCalledOnce());
  expect(handle).not.toHaveBeenCalled();
});
