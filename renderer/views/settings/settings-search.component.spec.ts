import { beforeEach, describe, expect, it } from 'vitest';
import { keepFound } from './settings-search.js';

const page = `
  <section data-section="appearance" data-find="look">
    <h2>Appearance</h2>
    <div role="alert">Not saved</div>
    <div class="card" data-rows>
      <fieldset id="theme" data-find="night"><legend>Theme</legend><b>Light</b><b>Dark</b></fieldset>
      <div id="language">Sprache für alles</div>
    </div>
  </section>
  <section data-section="alerts" data-find="messages">
    <h2>Notifications</h2>
    <div class="card" data-rows>
      <div id="on">Show notifications</div>
      <div id="group" data-rows><h3>Servers</h3><p id="crash">It crashed</p><p id="stop">It stopped</p></div>
    </div>
    <p id="add"><button data-find="more">Add</button></p>
    <dialog id="dialog">Sure?</dialog>
  </section>
  <section data-section="late"><h2>Late</h2></section>`;

describe('the search of the settings', () => {
  const root = document.createElement('div');
  beforeEach(() => (root.innerHTML = page));

  const left = (): string[] =>
    [...root.querySelectorAll('[id]')]
      .filter((each) => each.closest('[data-unfound]') === null)
      .map(({ id }) => id);

  it.each([
    ['theme', ['appearance'], ['theme']],
    ['dark', ['appearance'], ['theme']],
    ['NIGHT', ['appearance'], ['theme']],
    ['fur', ['appearance'], ['language']],
    ['look', ['appearance'], ['theme', 'language']],
    ['appearance lang', [], []],
    ['crash', ['alerts'], ['group', 'crash', 'dialog']],
    ['servers stopped', ['alerts'], ['group', 'stop', 'dialog']],
    ['more', ['alerts'], ['add', 'dialog']],
    ['messages', ['alerts'], ['on', 'group', 'crash', 'stop', 'add', 'dialog']],
    ['crahsed', ['alerts'], ['group', 'crash', 'dialog']],
    ['zebra', [], []],
  ])('keeps matching lines for “%s”', (search, sections, ids) => {
    expect([...keepFound(root, search)]).toEqual(sections);
    expect(left()).toEqual(ids);
  });

  it('finds no word across two elements', () => {
    expect([...keepFound(root, 'themelight')]).toEqual([]);
  });

  it('keeps an error visible while its section has a visible line', () => {
    keepFound(root, 'theme');
    expect(root.querySelector('[role=alert]')?.closest('[data-unfound]')).toBeNull();
    keepFound(root, 'crash');
    expect(root.querySelector('[role=alert]')?.closest('[data-unfound]')).not.toBeNull();
  });

  it('keeps a found line after its text changed', () => {
    const seen = new Set<HTMLElement>();
    keepFound(root, 'crash', seen);
    const crash = root.querySelector('#crash');
    if (crash !== null) crash.textContent = 'It is well';
    expect([...keepFound(root, 'crash', seen)]).toEqual(['alerts']);
    expect(left()).toContain('crash');
    expect([...keepFound(root, 'crash')]).toEqual([]);
  });

  it('shows all settings again without a search, also an empty section', () => {
    keepFound(root, 'crash');
    expect([...keepFound(root, ' ')]).toEqual(['appearance', 'alerts', 'late']);
    expect(root.querySelector('[data-unfound]')).toBeNull();
  });
});
