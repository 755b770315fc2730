import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { completion } from './completion.js';
import { verbs } from './verbs.js';

/** Whether this shell is installed; on Debian each is a separate package. */
function isHere(shell: string): boolean {
  return spawnSync(shell, ['-c', 'true']).status === 0;
}

/** Bash's completions for a command line, with a `perch` that lists three servers. */
function offered(...words: string[]): string[] {
  const script = `
    perch() { echo '{"servers":[{"id":"a","uuid":"u","name":"Survival"},{"id":"b","uuid":"v","name":"Two words"},{"id":"c","uuid":"w","name":"*"}]}'; }
    eval "$(cat)"
    COMP_WORDS=(perch ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}
    _perch; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script], {
    input: completion('bash'),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

describe.each(['bash'].filter(isHere))('completion for %s', () => {
  it('is a script', () => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: completion('bash'), encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('offers verbs, options, values and names', () => {
    expect(offered('')).toEqual([...verbs.map(({ name }) => name), '--help', '--version']);
    expect(offered('st')).toEqual(['status', 'start', 'stop', 'startup']);
    expect(offered('wait', 'A', '--t')).toEqual(['--timeout']);
    expect(offered('wait', 'A', '--state', 'st')).toEqual(['starting', 'stopping']);
    expect(offered('stop', '')).toEqual(['Survival', 'Two\\ words', '\\*']);
    expect(offered('stop', 'Su')).toEqual(['Survival']);
    expect(offered('completion', 'z')).toEqual(['zsh']);
    expect(offered('backup', 're')).toEqual(['rename', 'restore']);
    expect(offered('backup', 'list', 'Su')).toEqual(['Survival']);
  });
});

describe.each(['zsh', 'fish'] as const)('completion for %s', (shell) => {
  it('names every verb and option', () => {
    const script = completion(shell);
    for (const { name, options } of verbs) {
      expect(script).toContain(name);
      for (const { long } of options)
        expect(script).toContain(shell === 'fish' ? `-l ${long.slice(2)}` : long);
    }
  });
});

it.each((['zsh', 'fish'] as const).filter(isHere))('completion for %s is a script', (shell) => {
  const flag = shell === 'fish' ? '--no-execute' : '-n';
  expect(spawnSync(shell, [flag], { input: completion(shell) }).status).toBe(0);
});
