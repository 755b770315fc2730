import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { refusedUpload } from './upload-failures.js';
import { UploadLimits } from './upload-limits.js';

const refusal = {
  status: 400,
  text: '{"error":"File huge.bin is larger than the maximum file upload size of 250 MB."}',
};

it('a limit is known from the refusal on, for an hour, and for that server only', async () => {
  const clock = new FakeClock();
  const limits = new UploadLimits(clock);
  expect(limits.of('home/1')).toBeNull();
  limits.heard('home/1', refusal);
  expect([limits.of('home/1'), limits.of('home/2')]).toEqual([250, null]);
  await clock.advance(3_600_000);
  expect(limits.of('home/1')).toBeNull();
});

it('no other answer reveals a limit', () => {
  const limits = new UploadLimits(new FakeClock());
  limits.heard('home/1', { status: 200, text: refusal.text });
  limits.heard('home/1', { status: 400, text: 'No files were found on the request body.' });
  expect(limits.of('home/1')).toBeNull();
});

describe('a refusal with status 403', () => {
  it.each([
    ['{"error":"This file cannot be modified: present in egg denylist."}', 'forbidden', 'transfers.denied'],
    ['<html><title>Attention Required! | Cloudflare</title>', 'node-unreachable', 'transfers.blocked'],
    ['{"cloudflare_error":true,"error_code":1020}', 'node-unreachable', 'transfers.blocked'],
    ['', 'node-unreachable', 'transfers.blocked'],
  ])('is the egg only if the node says so: %s', (text, code, id) => {
    const { problem, retry } = refusedUpload(403, text).failure;
    expect([problem.code, problem.message.id, retry]).toEqual([code, id, 'person']);
  });
});
