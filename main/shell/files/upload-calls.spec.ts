import type { OpenDialogOptions } from 'electron';
import { expect, it, vi } from 'vitest';
import type { UploadPlan, WantedUpload } from '../../base/upload-plan.js';
import type { Question } from '../../base/question.js';
import { uploadCalls } from './upload-calls.js';

const taken: UploadPlan['taken'] = [
  {
    path: '/plugins/a.jar',
    there: { kind: 'file', bytes: 2048, modifiedAt: Date.UTC(2026, 0, 2, 12) },
    mine: { kind: 'file', bytes: 4096, modifiedAt: Date.UTC(2026, 0, 3, 12) },
  },
];

function setUp({
  chosen = [],
  plan = {},
  agrees = true,
}: {
  chosen?: string[];
  plan?: Partial<UploadPlan>;
  agrees?: boolean;
}) {
  const asked: OpenDialogOptions[] = [];
  const planned: WantedUpload[] = [];
  const begin = vi.fn((_plan: UploadPlan) => Promise.resolve(['t1']));
  const ask = vi.fn((_question: Question) => Promise.resolve(agrees));
  const calls = uploadCalls({
    dialog: {
      showOpenDialog: (options: unknown) => {
        asked.push(options as OpenDialogOptions);
        return Promise.resolve({ canceled: chosen.length === 0, filePaths: chosen });
      },
    },
    ask,
    now: () => Date.UTC(2026, 5, 1),
    uploads: {
      plan: (_serverId, wanted) => {
        planned.push(wanted);
        return Promise.resolve({ wanted: [], taken: [], leftOut: 0, ...plan });
      },
      begin,
    },
  });
  const upload = (sources: string[] | null, what: 'files' | 'folder' = 'files') =>
    calls['files.upload']({ serverId: 'home/1', folder: '/plugins', sources, what });
  return { upload, asked, planned, begin, ask };
}

it('dropped files are uploaded without a dialog', async () => {
  const { upload, asked, planned } = setUp({ plan: { leftOut: 2 } });
  expect(await upload(['/home/olive/a.jar'])).toEqual({ transfers: ['t1'], leftOut: 2 });
  expect(planned).toEqual([{ folder: '/plugins', sources: ['/home/olive/a.jar'] }]);
  expect(asked).toEqual([]);
});

it.each([
  ['files', ['openFile', 'multiSelections']],
  ['folder', ['openDirectory']],
] as const)('without dropped files the person chooses %s', async (what, properties) => {
  const { upload, asked, planned } = setUp({ chosen: ['/home/olive/mods'] });
  await upload(null, what);
  expect(asked[0]?.properties).toEqual(properties);
  expect(planned[0]?.sources).toEqual(['/home/olive/mods']);
});

it('no upload begins if the person chooses no file', async () => {
  const { upload, planned } = setUp({});
  expect(await upload(null)).toEqual({ transfers: null, leftOut: 0 });
  expect(planned).toEqual([]);
});

it('the person is asked before files are replaced, with size and time of both', async () => {
  const { upload, ask, begin } = setUp({ plan: { taken }, agrees: false });
  expect(await upload(['/a.jar'])).toEqual({ transfers: null, leftOut: 0 });
  expect(begin).not.toHaveBeenCalled();
  const question = ask.mock.calls[0]?.[0];
  expect(question?.message).toBe('Replace 1 file on the server?');
  expect(question?.detail).toMatch(
    /^\/plugins\/a\.jar: 2 KiB, .*2026.* on the server, 4 KiB, .*2026.* on this computer$/,
  );
});

it('many files that would be replaced are counted', async () => {
  const { upload, ask, begin } = setUp({ plan: { taken: Array.from({ length: 20 }, () => taken).flat() } });
  await upload(['/a.jar']);
  expect(ask.mock.calls[0]?.[0].detail).toMatch(/and 12 more files$/);
  expect(begin).toHaveBeenCalledOnce();
});
