import { expect, it, vi } from 'vitest';
import { failureOfApt, NotDownloaded, orLeftOut } from './reach.mjs';

const fine = { passed: 1, failed: 0, output: '' };
const away = 'deb.debian.org can’t be reached';

it('an unreachable mirror skips the step, with the reason and without a count', async () => {
  const work = () => Promise.reject(new NotDownloaded('mmdebstrap made no trixie'));
  expect(await orLeftOut(work, () => Promise.resolve(away))).toEqual({
    passed: 0,
    failed: 0,
    output: '',
    note: `left out: ${away}`,
  });
});

it('the step fails if Debian can be reached', async () => {
  const work = () => Promise.reject(new NotDownloaded('mmdebstrap made no trixie'));
  await expect(orLeftOut(work, () => Promise.resolve(null))).rejects.toThrow('made no trixie');
});

it('the step fails for any other reason without testing the network', async () => {
  const whyUnreachable = vi.fn(() => Promise.resolve(away));
  await expect(orLeftOut(() => Promise.reject(new Error('no window')), whyUnreachable)).rejects.toThrow();
  expect(await orLeftOut(() => Promise.resolve(fine), whyUnreachable)).toBe(fine);
  expect(whyUnreachable).not.toHaveBeenCalled();
});

it.each([
  ['E: Failed to fetch http://deb.debian.org/x.deb  Could not resolve host', true],
  [
    'Err:1 http://deb.debian.org trixie/main amd64 libnss3\n  x\nE: Unable to fetch some archives, maybe run apt-get update',
    true,
  ],
  [
    'The following packages have unmet dependencies:\nE: Unable to correct problems, you have held broken packages.',
    false,
  ],
  ['dpkg: error processing package perch (--configure)', false],
])('a failed download is distinguished from a wrong package: %s', (output, isFetch) => {
  expect(failureOfApt('apt-get satisfy', output) instanceof NotDownloaded).toBe(isFetch);
});
