import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { readyLine } from './ready-line.mjs';

function program(code: string): Promise<string> {
  return readyLine(spawn(process.execPath, ['-e', code], { stdio: ['pipe', 'pipe', 'pipe'] }), 'The program');
}

test('the first line counts, whatever the program writes later', async () => {
  expect(await program('console.log("ready"); console.log("more")')).toBe('ready');
});

test('a program that ends early is named with its exit code and its last output', async () => {
  const code = 'for (let at = 1; at <= 12; at++) console.error(`line ${at}`); process.exitCode = 3';
  const error = await program(code).catch((cause: unknown) => cause);
  expect(String(error)).toContain('The program ended with exit code 3 before it was ready. line 3\n');
  expect(String(error)).toMatch(/line 12$/);
});

test('a program that was killed is named with the signal', async () => {
  await expect(program('process.kill(process.pid, "SIGKILL")')).rejects.toThrow(
    'The program ended by SIGKILL before it was ready. It wrote nothing to stderr.',
  );
});
