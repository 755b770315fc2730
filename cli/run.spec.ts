import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { say, speak } from '../messages/messages.js';
import { ListeningPerch } from '../tests/support/listening-perch.js';
import type { Context } from './context.js';
import { exitCodes, exitCodeTable } from './exit-codes.js';
import { tools } from './mcp/tools.js';
import { run } from './run.js';
import { PipeClosed } from './terminal.js';
import { verbs } from './verbs.js';

const esc = '\u001b';

/** A data folder that no running Perch uses. */
let dataFolder: string;
let out = '';
let err = '';

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'perch-run-'));
  [out, err] = ['', ''];
});

afterEach(() => rm(dataFolder, { recursive: true, force: true }));

function runs(words: readonly string[], fields: Partial<Context> = {}): Promise<number> {
  const terminal = {
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    readLine: () => '',
    readAll: () => '',
    isShown: false,
    canAsk: false,
    hasColours: false,
  };
  return run({ words, version: '1.2.3', dataFolder, refused: null, launch: null, terminal, ...fields });
}

describe('perch', () => {
  it('prints its version', async () => {
    expect(await runs(['--version'])).toBe(0);
    expect([out, err]).toEqual(['Perch 1.2.3\n', '']);
  });

  it('lists verbs, options and exit codes in its help, in aligned columns', async () => {
    expect(await runs(['--help'])).toBe(0);
    const lines = out.split('\n');
    for (const { name } of verbs)
      expect(lines.filter((line) => line.startsWith(`  ${name} `) || line === `  ${name}`)).not.toEqual([]);
    for (const [code] of exitCodeTable) expect(out).toMatch(new RegExp(`^  ${code}  \\S`, 'm'));
    expect(out).toMatch(/^ {2}(-h, )?--help +\S/m);
    const column = (line: string | undefined): number | undefined => line?.search(/(?<=\S {2,})\S/);
    const ofVerbs = lines.filter((line) => /^ {2}(list|status|completion) /.test(line));
    expect(new Set(ofVerbs.map(column)).size).toBe(1);
    expect(out).toContain('\n\n');
    expect(err).toBe('');
  });

  it('has one exit code for each cause, in their order', () => {
    expect(exitCodeTable.map(([code]) => code)).toEqual([0, ...Object.values(exitCodes)]);
    expect(Object.values(exitCodes)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('lists the options of a verb with their choices, and explains server names only for verbs with one', async () => {
    expect(await runs(['wait', '--help'])).toBe(0);
    expect(out).toMatch(/^ {2}.*--state.* {2}\S.*\(running, offline, starting, stopping, crashed\)$/m);
    expect(out).toMatch(/^ {2}.*--json +[^(]+$/m);
    const ofWait = out;
    out = '';
    await runs(['list', '--help']);
    expect(out).not.toContain('--state');
    expect(out.split('\n').length).toBeLessThan(ofWait.split('\n').length);
    expect(ofWait).toContain('perch wait');
  });

  it('has a verb for each tool of `perch mcp`, or an argument or the window for it', () => {
    const known = [
      'power',
      'history',
      'backups',
      'create_backup',
      // `perch databases NAME ACTION`
      'create_database',
      'rotate_database_password',
      // `perch network NAME ACTION`
      'add_address',
      'change_address',
      // `perch people NAME ACTION`
      'give_access',
      'remove_access',
      // `perch people` without a name
      'fleet_activity',
      'fleet_people',
      // `perch players NAME VERB`
      'act_on_player',
      ...verbs.map(({ name }) => name),
    ];
    for (const name of Object.keys(tools)) expect(known).toContain(name);
  });

  it('explains a usage error, and sends no request', async () => {
    expect(await runs(['list', '--colour'])).toBe(exitCodes.usage);
    expect(out).toBe('');
    expect(err).toContain('--colour');
  });
});

describe('perch without a running Perch', () => {
  it('says that Perch does not run, and the next step', async () => {
    expect(await runs(['list', '--no-start'])).toBe(exitCodes['not-running']);
    expect(out).toBe('');
    expect(err.split('\n').length).toBeGreaterThan(2);
    expect(err).not.toContain(esc);
  });

  it('prints the failure in red on a terminal with colours, and as JSON on request', async () => {
    const terminal: Context['terminal'] = {
      out: () => undefined,
      err: (text) => void (err += text),
      readLine: () => '',
      readAll: () => '',
      isShown: true,
      canAsk: true,
      hasColours: true,
    };
    await runs(['list'], { terminal });
    expect(err.startsWith(`${esc}[31m`)).toBe(true);
    err = '';
    expect(await runs(['list', '--json'])).toBe(3);
    expect(JSON.parse(err)).toMatchObject({ error: { cause: 'not-running' } });
  });

  it('refuses a folder that another user owns or may change, and names the folder', async () => {
    const launch = { command: '/bin/false', args: [] };
    for (const kind of ['foreign', 'open'] as const) {
      err = '';
      expect(await runs(['list'], { refused: { kind, path: '/srv/perch' }, launch })).toBe(3);
      expect(err).toContain('/srv/perch');
    }
  });

  it('fails with 1 for any other error, and with 0 if the reader has gone', async () => {
    const broken = (error: Error): Context['terminal'] => ({
      out: () => {
        throw error;
      },
      err: (text) => void (err += text),
      readLine: () => '',
      readAll: () => '',
      isShown: false,
      canAsk: false,
      hasColours: false,
    });
    expect(await runs(['--version'], { terminal: broken(new Error('disk full')) })).toBe(exitCodes.failed);
    expect(err).toContain('disk full');
    err = '';
    expect(await runs(['--version'], { terminal: broken(new PipeClosed()) })).toBe(0);
    expect(err).toBe('');
  });
});

describe('a script of completion', () => {
  it('of bash has each verb with its options, values and names', async () => {
    expect(await runs(['completion', 'bash'])).toBe(0);
    for (const { name, options } of verbs) {
      const flags = options.flatMap(({ long, short }) => (short === undefined ? [long] : [short, long]));
      expect(out).toMatch(
        new RegExp(`^    ${name}\\) flags="${[...flags, ''].join(' ')}(-h )?--help" ;;$`, 'm'),
      );
    }
    expect(out).toMatch(
      /^ {4}.*--state.*\) COMPREPLY=\(\$\(compgen -W "running offline starting stopping crashed"/m,
    );
    expect(out).not.toMatch(/^ {4}--json\)/m);
    expect(out).toContain(`compgen -W "${verbs.map(({ name }) => name).join(' ')} --help --version"`);
    const named = verbs.filter(({ args }) => args.some((one) => one.name === 'NAME')).map(({ name }) => name);
    expect(out).toContain(`    ${named.join('|')})\n`);
  });

  it('of zsh offers servers, shells and values where they fit', async () => {
    expect(await runs(['completion', 'zsh'])).toBe(0);
    const line = (verb: string): string => new RegExp(`^ {8}${verb}\\) .*$`, 'm').exec(out)?.[0] ?? '';
    expect(line('list')).toContain("'--json'");
    expect(line('list')).not.toContain('_perch_servers');
    expect(line('stop')).toContain("'*:server:_perch_servers'");
    expect(line('stop')).toContain("'-y' '--yes'");
    expect(line('completion')).toContain("'1:shell:(bash zsh fish)'");
    expect(line('wait')).toContain(':(running offline starting stopping crashed)');
    expect(line('logs')).toMatch(/'--lines:count:'/);
    expect(line('list').trim()).toBe("list) _arguments '--json' '--no-start' '-h' '--help' ;;");
    expect(out).toContain(`'1:verb:(${verbs.map(({ name }) => name).join(' ')})'`);
    expect(out).toContain(`verbs=(${verbs.map(({ name }) => name).join(' ')})`);
  });

  it('of fish has a line for each option of each verb', async () => {
    expect(await runs(['completion', 'fish'])).toBe(0);
    const from = (verb: string): string => `complete -c perch -n '__fish_seen_subcommand_from ${verb}'`;
    expect(out).toContain(`${from('stop')} -s y -l yes\n`);
    expect(out).toContain(`${from('list')} -l json\n`);
    expect(out).toMatch(/_from wait'.* -l state -x -a 'running offline starting stopping crashed'\n/);
    expect(out).toMatch(/_from logs'.* -l lines -x\n/);
    const all = verbs.map(({ name }) => name).join(' ');
    expect(out).toContain(all);
    const named = verbs.filter(({ args }) => args.some((one) => one.name === 'NAME')).map(({ name }) => name);
    expect(out).toContain(`__fish_seen_subcommand_from ${named.join(' ')}'`);
    const count = verbs.reduce((sum, { options }) => sum + options.length + 1, 0);
    expect(out.match(/ -l \w/g)).toHaveLength(count);
  });
});

describe('the help of a verb', () => {
  const helpOf = async (verb: string): Promise<string> => {
    out = '';
    await runs([verb, '--help']);
    return out;
  };

  it.each([
    ['list', 'perch list'],
    ['status', 'perch status [NAME...]'],
    ['stop', 'perch stop NAME...'],
    ['send', 'perch send NAME COMMAND...'],
    ['logs', 'perch logs NAME'],
    ['events', 'perch events [NAME]'],
    ['completion', 'perch completion SHELL'],
  ])('of %s begins with its usage', async (verb, usage) => {
    expect((await helpOf(verb)).split('\n')[0]).toMatch(
      new RegExp(`^\\S+ ${usage.replace(/[[\].]/g, '\\$&')} (?![A-Z])`),
    );
  });

  it('has options with their short name and their value', async () => {
    const logs = await helpOf('logs');
    expect(logs).toMatch(/^ {2}-f, --follow {2,}\S/m);
    expect(logs).toMatch(/^ {2}-n, --lines COUNT {2,}\S/m);
    expect(logs).toMatch(/^ {2}--json {2,}\S/m);
  });

  it('explains how to name servers for each verb that takes a server, and for no other verb', async () => {
    const naming = say('command-line.naming');
    for (const { name, args } of verbs) {
      const text = await helpOf(name);
      expect(text.includes(naming)).toBe(args.some((one) => one.name === 'NAME'));
      expect(text).toMatch(/\S\n$/);
      expect(text).not.toContain('\n\n\n');
    }
  });
});

describe('perch with a Perch that runs', () => {
  let perch: ListeningPerch;

  beforeEach(async () => {
    perch = new ListeningPerch(dataFolder);
    await perch.listen();
  });

  afterEach(async () => {
    await perch.close();
    speak(() => 'en');
  });

  it('sends requests as a person, prints the answer, and closes the connection', async () => {
    perch.answers['list'] = { value: { servers: [] } };
    expect(await runs(['list', '--json'])).toBe(0);
    expect(perch.received).toMatchObject([
      { verb: 'hello', input: { client: { kind: 'person', name: 'perch' } } },
      { verb: 'list' },
    ]);
    expect(JSON.parse(out)).toEqual({ servers: [] });
    await vi.waitFor(() => expect(perch.clients).toBe(0), { interval: 1, timeout: 20_000 });
  });

  it('passes on the words and options of the verb', async () => {
    perch.answers['open'] = { value: {} };
    expect(await runs(['open', 'Lobby', '--tab', 'events'])).toBe(0);
    expect(perch.received[1]).toMatchObject({ verb: 'open', input: { name: 'Lobby', tab: 'events' } });
  });

  it.each([
    ['de', 'de'],
    ['xx', 'en'],
  ] as const)('uses the language of Perch from then on (%s)', async (language, spoken) => {
    perch.language = language;
    perch.answers['list'] = { value: { servers: [] } };
    await runs(['list']);
    const now = say('command-line.usage');
    speak(() => spoken);
    expect(say('command-line.usage')).toBe(now);
  });

  it("fails with Perch's failure, and the servers that may be meant", async () => {
    const failure = { message: 'There is none.', next: '', candidates: ['A/B', 'A/C'] };
    perch.answers['logs'] = { failure: { ...failure, cause: 'no-server' } };
    expect(await runs(['logs', 'X'])).toBe(exitCodes['no-server']);
    expect(err).toBe('There is none.\n  A/B\n  A/C\n');
    err = '';
    perch.answers['logs'] = { failure: { message: 'No.', next: 'Ask.', cause: 'refused' } };
    expect(await runs(['logs', 'X'])).toBe(exitCodes.refused);
    expect(err).toBe('No.\nAsk.\n');
  });

  it('wait ends with the state that it waits for', async () => {
    const server = {
      id: '1',
      uuid: 'u',
      name: 'Lobby',
      panel: 'Home',
      node: 'N',
      state: 'running',
      word: 'running',
      address: null,
      usage: null,
      problem: null,
    };
    perch.answers['status'] = { events: [{ servers: [server] }] };
    expect(await runs(['wait', 'Lobby', '--state', 'running', '--timeout', '600'])).toBe(0);
    expect(perch.received[1]).toMatchObject({ verb: 'status', input: { names: ['Lobby'], watch: true } });
  });
});
