import { expect, it } from 'vitest';
import { failureOf } from './failed.mjs';

it.each([
  ['⨯ failed to build AppImage  error=getaddrinfo ENOTFOUND github.com', 'getaddrinfo ENOTFOUND github.com'],
  ['⨯ connect ECONNREFUSED 10.0.0.1:443  failedTask=build', 'connect ECONNREFUSED 10.0.0.1:443'],
  ['⨯ Response code 503 (Service Unavailable)', 'Response code 503 (Service Unavailable)'],
])('"%s" means that the network is missing', (line, why) => {
  const { message } = failureOf(`  • packaging\n  ${line}\n    at fetch (/x/got.js:1:1)\n`);
  expect(message).toContain(`could not download its tools for this kind of package (${why})`);
  expect(message).toContain('npm run dist -- --dir');
  expect(message).not.toContain('got.js');
});

it('any other failure shows the place where it failed', () => {
  const output =
    '  ⨯ Application entry file does not exist  stackTrace=Error: no file\n    at check (/x/check.js:1:1)\n';
  expect(failureOf(output).message).toContain('electron-builder failed:\n    at check (/x/check.js:1:1)');
});
