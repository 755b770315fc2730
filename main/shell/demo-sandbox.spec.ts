import { describe, expect, it } from 'vitest';
import { sandboxProgram, type SandboxFacts } from './demo-sandbox.js';

const facts: SandboxFacts = {
  platform: 'linux',
  isPackaged: false,
  execPath: '/opt/electron',
  script: '/app/out/sandbox/index.mjs',
  dataFolder: '/data/sandbox',
  env: { PATH: '/bin' },
};
const args = ['/app/out/sandbox/index.mjs', '--port', '0', '--data', '/data/sandbox', '--with-parent'];

describe('sandboxProgram', () => {
  it('takes the Node that started Perch', () => {
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

  it('looks for Node on the machine where Electron may not run as Node', () => {
    const script = '/opt/Perch/resources/app.asar/out/sandbox/index.mjs';
    const program = sandboxProgram({ ...facts, isPackaged: true, script });
    expect(program.command).toBe('node');
    expect(program.args[0]).toBe('/opt/Perch/resources/app.asar.unpacked/out/sandbox/index.mjs');
    expect(program.env['ELECTRON_RUN_AS_NODE']).toBeUndefined();
  });
});
