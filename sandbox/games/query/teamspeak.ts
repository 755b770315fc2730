import type { StreamTalk } from './door.js';
import type { QueriedGame } from './queried-game.js';

const longestCommand = 4096;
const ok = 'error id=0 msg=ok';

/**
 * ServerQuery of TeamSpeak 3 as a guest: one virtual server, its facts and its clients.
 * Source: TeamSpeak 3 ServerQuery Manual, https://www.teamspeak-info.de/downloads/ts3_serverquery_manual.pdf
 */
export function teamspeakQuery(port: number): StreamTalk {
  return (caller, game) => {
    const say = (...lines: string[]): void =>
      caller.send(Buffer.from(lines.map((line) => `${line}\n\r`).join(''), 'utf8'));
    let held = '';
    let isChosen = false;
    const obey = (line: string): void => {
      const [word = '', ...rest] = line.trim().split(/\s+/);
      const isHere = rest.includes('1') || rest.includes('sid=1') || rest.includes(`port=${port}`);
      if (word === '') return;
      if (word === 'quit') {
        say(ok);
        return caller.hangUp();
      }
      if (word === 'use' && isHere) {
        isChosen = true;
        say(ok);
      } else if (word === 'version') {
        say('version=3.13.7 build=1655727713 platform=Linux', ok);
      } else if (word !== 'serverinfo' && word !== 'clientlist') {
        say(
          word === 'use' ? 'error id=1024 msg=invalid\\sserverID' : 'error id=256 msg=command\\snot\\sfound',
        );
      } else if (!isChosen) {
        say('error id=1024 msg=invalid\\sserverID');
      } else if (word === 'clientlist' && game().names !== 'real') {
        say('error id=2568 msg=insufficient\\sclient\\spermissions failed_permid=8');
      } else {
        say(word === 'serverinfo' ? serverInfo(game(), port) : clientList(game()), ok);
      }
    };
    say('TS3', 'Welcome to the TeamSpeak 3 ServerQuery interface, type "help" for a list of commands.');
    return (chunk) => {
      held += chunk.toString('utf8');
      const lines = held.split('\n');
      held = lines.pop() ?? '';
      if (held.length > longestCommand) return caller.hangUp();
      for (const line of lines) obey(line);
    };
  };
}

function serverInfo({ title, version, slots, players, hasPassword }: QueriedGame, port: number): string {
  return [
    `virtualserver_name=${escaped(title)}`,
    `virtualserver_port=${port}`,
    'virtualserver_status=online',
    `virtualserver_version=${escaped(version)}`,
    `virtualserver_maxclients=${slots}`,
    // The asking connection counts as well.
    `virtualserver_clientsonline=${players.length + 1}`,
    'virtualserver_queryclientsonline=1',
    `virtualserver_flag_password=${hasPassword ? 1 : 0}`,
  ].join(' ');
}

function clientList({ players }: QueriedGame): string {
  const people = players.map(({ name }, at) => client(at + 2, name, 0));
  return [client(1, 'Unknown from 127.0.0.1:50112', 1), ...people].join('|');
}

function client(id: number, name: string, type: number): string {
  return `clid=${id} cid=1 client_database_id=${id} client_nickname=${escaped(name)} client_type=${type}`;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '/': '\\/', ' ': '\\s', '|': '\\p' };

function escaped(text: string): string {
  return [...text].map((letter) => escapes[letter] ?? letter).join('');
}
