import { beforeAll, beforeEach, expect, it } from 'vitest';
import { doubleClickGuard } from './double-click-guard.js';

let pressed: string[];

beforeAll(() => window.addEventListener('click', doubleClickGuard(), { capture: true }));

beforeEach(() => {
  pressed = [];
  show(
    '<div data-row-group id="row"><i id="text"></i><button id="more"></button></div><button id="other"></button>',
  );
});

function show(html: string): void {
  document.body.innerHTML = html;
  for (const element of document.body.children)
    element.addEventListener('click', () => pressed.push(element.id));
}

function click(id: string, detail: number): void {
  document
    .getElementById(id)
    ?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail }));
}

it('keeps the second click of a double click from the controls of the opened view', () => {
  click('text', 1);
  show('<button id="stop"></button>');
  click('stop', 2);
  expect(pressed).toEqual(['row']);
  click('stop', 1);
  expect(pressed).toEqual(['row', 'stop']);
});

it('passes the second click on the same row', () => {
  click('text', 1);
  click('row', 2);
  expect(pressed).toEqual(['row', 'row']);
});

it('takes an element that shows another item now for another row', () => {
  show('<div data-slot="one" id="slot"><div data-row id="row"></div></div>');
  click('row', 1);
  document.getElementById('slot')?.setAttribute('data-slot', 'two');
  click('row', 2);
  expect(pressed).toEqual(['slot']);
});

it('passes fast clicks on controls, such as one dismissal after another', () => {
  click('more', 1);
  click('other', 2);
  expect(pressed).toEqual(['row', 'other']);
});

it('passes clicks that a key makes', () => {
  click('text', 1);
  click('other', 0);
  expect(pressed).toEqual(['row', 'other']);
});
