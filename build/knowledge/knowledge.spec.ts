import { describe, expect, it } from 'vitest';
import { checkKnowledge } from './step.mjs';

const protocol = `# Protocol

| # | Topic |
| - | ----- |
| <a id="d7"></a>D7 | rules |

## 4. Websocket

### 4.7 Token expiry

1. A tick.
2. An end (4.8).

### 4.8 \`jwt error\` texts

See section 4.

## 7. Traps

1. <a id="trap-1"></a>One.
2. <a id="trap-2"></a>Two.
`;

const platform = `# Platform

## Tray

1. A menu.

\`\`\`
## Not a heading
[not a link](nowhere.md)
\`\`\`
`;

/** Findings about one file in a checkout of five pages. */
function check(path: string, text: string): string[] {
  const texts = new Map([
    ['docs/protocol.md', protocol],
    ['docs/platform.md', platform],
    ['docs/import-rules.md', '# Import rules\n\n## Globals\n'],
    ['SECURITY.md', '# Security\n\n## Report\n'],
    ['README.md', '# Perch\n'],
    ['main/net/socket.ts', ''],
    [path, text],
  ]);
  return checkKnowledge(texts, (asked) => ['docs', 'main', 'main/net', 'docs/tray.png'].includes(asked));
}

describe('a citation that can be followed', () => {
  it.each([
    '// As PROTOCOL 4.7 says.',
    '/** The second fact (PROTOCOL 4.7.2), and 4 sections (PROTOCOL 4). */',
    '/** PROTOCOL 4.7, 4.8; D7 and traps 1 and 2 */',
    '/**\n * Over the end of a line (PROTOCOL 4.7,\n * 4.8), and another (PROTOCOL\n * D7).\n */',
    '/** D7 */',
    '// See trap 2.',
    '<!-- The tray (PLATFORM, "Tray") and its menu (PLATFORM "Tray" 1). -->',
    '# PLATFORM "Tray"',
    '// IMPORT-RULES "Globals" and SECURITY "Report", which `README.md` names; the README has pictures.',
    '// One of 10 (or 3.5 of them), HTTP 404 and SIGTERM, 15 ms; RFC 6455.',
    "const glob = 'main/**/*.ts'; // PROTOCOL 4.7",
    'const sentence = \'NOBODY "Knows" (9.9)\';',
    '// `main/net/socket.ts`, `socket.ts`, `main/net` and `main/net/`; not ours: `app/Models/Server.php`, `x.json`.',
  ])('%j', (text) => {
    expect(check('main/some.ts', text)).toEqual([]);
  });
});

describe('a citation that leads nowhere', () => {
  it.each([
    ['a wrong section', '// PROTOCOL 4.9', 'docs/protocol.md has no 4.9'],
    ['the second of two sections', '// (PROTOCOL 4.7, 4.9)', 'docs/protocol.md has no 4.9'],
    ['a wrong fact', '// PROTOCOL 4.7.3', 'docs/protocol.md has no 4.7.3'],
    ['a wrong row', '// PROTOCOL D8', 'docs/protocol.md has no D8'],
    ['a wrong row without a name', '/** D8 */', 'docs/protocol.md has no D8'],
    ['a wrong row in the title of a test', "it('D8: rules')", 'docs/protocol.md has no D8'],
    ['a wrong trap', '// trap 3', 'docs/protocol.md has no trap 3'],
    ['the second of two traps', '// PROTOCOL 4.7, traps 2 and 3', 'docs/protocol.md has no trap 3'],
    ['a wrong heading', '// (PLATFORM, "Dock")', 'docs/platform.md has no "Dock"'],
    ['a wrong fact below a heading', '// PLATFORM "Tray" 2', 'docs/platform.md has no "Tray" 2'],
    [
      'a heading in a block of code',
      '// PLATFORM "Not a heading"',
      'docs/platform.md has no "Not a heading"',
    ],
    [
      'a page that is not there',
      '// LOOK "State first"',
      'there is no page LOOK; there are PROTOCOL, PLATFORM, IMPORT-RULES, SECURITY',
    ],
    [
      'a wrong heading of a page of two words',
      '// IMPORT-RULES "Lists"',
      'docs/import-rules.md has no "Lists"',
    ],
    ['a wrong heading of a page beside docs', '// SECURITY "Ports"', 'SECURITY.md has no "Ports"'],
    [
      'a page of two words without a place',
      '// See IMPORT-RULES.',
      'IMPORT-RULES names no place on the page',
    ],
    ['an unknown page', '// (DESIGN, "Errors")', 'there is no page DESIGN'],
    ['an unknown page with a number', '// DESIGN 4.7', 'there is no page DESIGN'],
    ['a number without a page', '// The token ends (4.7).', '(4.7) names no page; PROTOCOL 4.7?'],
    ['a page without a place', '// As PROTOCOL has it.', 'PROTOCOL names no place on the page'],
    ['a path', '// `main/net/http.ts`', 'main/net/http.ts is not there'],
    ['the name of a file', '// `http.ts`', 'http.ts is not there'],
  ])('%s', (_what, text, problem) => {
    expect(check('main/some.ts', `\n${text}`)).toEqual([
      expect.stringContaining(`main/some.ts:2: ${problem}`),
    ]);
  });

  it('names its first line', () => {
    const text = 'const a = 1;\n\n/**\n * Good (PROTOCOL 4.7), bad (PROTOCOL\n * 4.9).\n */\n';
    expect(check('main/some.svelte', text)).toEqual(['main/some.svelte:4: docs/protocol.md has no 4.9']);
  });
});

describe('the links, paths and citations of a page', () => {
  it.each([
    '[a](docs/protocol.md), [b](docs/protocol.md#47-token-expiry), [c](docs/protocol.md#trap-2)',
    '[jwt](docs/protocol.md#48-jwt-error-texts) and ![tray](docs/tray.png "Tray")',
    '# One\n\n# One\n\n[the second](#one-1), [elsewhere](https://example.com/x#y)',
  ])('%j is fine', (text) => {
    expect(check('README.md', text)).toEqual([]);
  });

  it.each([
    ['a file', '[a](docs/look.md)', 'docs/look.md is not there'],
    ['a picture', '![a](docs/dock.png)', 'docs/dock.png is not there'],
    ['an anchor', '[a](docs/protocol.md#49-none)', 'docs/protocol.md has no anchor 49-none'],
    ['an anchor of its own', '[a](#none)', 'README.md has no anchor none'],
    ['a path', 'See `main/shell/tray.ts`.', 'main/shell/tray.ts is not there'],
    ['a citation', 'See `PROTOCOL 4.9`.', 'docs/protocol.md has no 4.9'],
    ['a section of its own', '## 1. One\n\nSee section 2.', 'README.md has no 2'],
  ])('%s that is not there', (_what, text, problem) => {
    expect(check('README.md', text)).toEqual([expect.stringMatching(`^README.md:\\d+: ${problem}$`)]);
  });
});
