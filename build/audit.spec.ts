import { describe, expect, it } from 'vitest';
import { outcomeOf } from './audit.mjs';

/** An answer of `npm audit --json` about one package. */
function answer(severity: string) {
  const hole = { name: 'ws', severity, range: '<8.17.1', via: [], fixAvailable: true };
  return JSON.stringify({ auditReportVersion: 2, vulnerabilities: { ws: hole } });
}

describe('the audit of packages', () => {
  it('passes without a known hole', () => {
    expect(outcomeOf(JSON.stringify({ auditReportVersion: 2, vulnerabilities: {} }))).toEqual({
      passed: 1,
      failed: 0,
      output: '',
    });
  });

  it.each(['moderate', 'high', 'critical'])('fails for a %s hole and names the package', (severity) => {
    expect(outcomeOf(answer(severity))).toEqual({
      passed: 0,
      failed: 1,
      output: `ws <8.17.1: ${severity}`,
    });
  });

  it('only mentions a hole that npm calls low', () => {
    expect(outcomeOf(answer('low'))).toMatchObject({ passed: 1, failed: 0, note: 'ws <8.17.1: low' });
  });

  it.each([
    ['an error', JSON.stringify({ message: '405 Method Not Allowed' }), '405 Method Not Allowed'],
    ['no output', '', 'no answer'],
    ['a page of a proxy', '<html>', 'no answer'],
  ])('reports that npm gave %s', (_, output, reason) => {
    expect(outcomeOf(output)).toEqual({
      passed: 0,
      failed: 0,
      output: '',
      note: `could not ask the npm registry: ${reason}`,
    });
  });
});
