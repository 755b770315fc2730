import { describe, expect, it } from 'vitest';
import { sandboxProgram, type SandboxFacts } from './sandbox-program.js';

const facts: SandboxFacts = {
  execPath: '/opt/electron',
  script: '/app/out/sandbox/index.mjs',
  dataFolder: '/data/sandbox',
  env: { PATH: '/bin' },
};
const args = ['/app/out/sandbox/index.mjs', '--port', '0', '--data', '/data/sandbox', '--with-parent'];

describe('sandboxProgram', () => {
  it('uses the Node that started Perch', () => {
    const env = { npm_node_execpath: '/usr/bin/node' };
    expect(sandboxProgram({ ...facts, env })).toEqual({ command: '/usr/bin/node', args, env });
    const both = { ...env, PERCH_NODE: '/other/node' };
    expect(sandboxProgram({ ...facts, env: both }).command).toBe('/other/node');
  });

  it('falls back to the Node within Electron', () => {
    expect(sandboxProgram(facts)).toEqual({
      command: '/opt/electron',
      args,
      env: { PATH: '/bin', ELECTRON_RUN_AS_NODE: '1' },
    });
  });
});
