import { describe, expect, it } from 'vitest';
import { shippedBill } from './sbom.mjs';

const development = { name: 'cdx:npm:package:development', value: 'true' };
const component = (name: string, version = '1.0.0') => ({
  'bom-ref': `${name}@${version}`,
  name,
  version,
  scope: 'optional',
  properties: [development],
});

const whole = {
  metadata: { component: { 'bom-ref': 'perch@0.1.0', name: 'checkout', type: 'library' } },
  components: [
    component('svelte'),
    component('clsx'),
    component('undici', '6.0.0'),
    component('undici', '7.0.0'),
  ],
  dependencies: [
    { ref: 'perch@0.1.0', dependsOn: ['svelte@1.0.0', 'undici@7.0.0'] },
    { ref: 'svelte@1.0.0', dependsOn: ['clsx@1.0.0', 'undici@6.0.0'] },
    { ref: 'clsx@1.0.0', dependsOn: [] },
    { ref: 'undici@6.0.0', dependsOn: [] },
    { ref: 'undici@7.0.0', dependsOn: [] },
  ],
};

describe('the bill of materials of a release', () => {
  const shipped = [
    { name: 'svelte', version: '1.0.0' },
    { name: 'clsx', version: '1.0.0' },
    { name: 'undici', version: '7.0.0' },
  ];

  it('names each bundled version, and no tool', () => {
    const bill = shippedBill(whole, shipped);
    expect(bill.components.map((part) => part['bom-ref'])).toEqual([
      'svelte@1.0.0',
      'clsx@1.0.0',
      'undici@7.0.0',
    ]);
    expect(bill.components).toContainEqual({ ...component('svelte'), scope: 'required', properties: [] });
  });

  it('describes an application that depends on all of its packages', () => {
    const bill = shippedBill(whole, shipped);
    expect(bill.metadata.component).toMatchObject({ name: 'perch', type: 'application' });
    expect(bill.dependencies).toEqual([
      { ref: 'svelte@1.0.0', dependsOn: ['clsx@1.0.0'] },
      { ref: 'clsx@1.0.0', dependsOn: [] },
      { ref: 'undici@7.0.0', dependsOn: [] },
      { ref: 'perch@0.1.0', dependsOn: ['svelte@1.0.0', 'clsx@1.0.0', 'undici@7.0.0'] },
    ]);
  });

  it('fails if a bundle has a package that the lockfile lacks', () => {
    expect(() => shippedBill(whole, [...shipped, { name: 'zod', version: '4.0.0' }])).toThrow('zod@4.0.0');
  });
});
