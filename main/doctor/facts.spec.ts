import { expect, it } from 'vitest';
import { daemonCode, desktopCode, factsText, isEventName, systemCode, versionIn } from './facts.js';

it.each([
  ['6.1.0-18-amd64', [6, 1, 0]],
  ['10.0.19045', [10, 0, 19045]],
  ['v22.3.0', [22, 3, 0]],
  ['1.2.3-olive.home.example', [1, 2, 3]],
  ['olives-own-build', [0]],
  ['', [0]],
])('only the numbers of version %s are kept', (text, numbers) => {
  expect(versionIn(text)).toEqual(numbers);
});

it('unknown desktops and daemons become "other"', () => {
  expect(
    factsText({ a: desktopCode('ubuntu:GNOME'), b: desktopCode('olive’s shell'), c: systemCode('linux') }),
  ).toBe('a=gnome b=other c=linux');
  expect(factsText({ a: daemonCode('Xfce Notify Daemon'), b: daemonCode('192.168.7.7') })).toBe(
    'a=xfce-notify-daemon b=other',
  );
});

it('a word outside of its list is never written, whatever the types allow', () => {
  expect(factsText({ a: { known: 'panel.example.com' }, b: 'olive' as 'other' })).toBe('a=other b=other');
  expect(factsText({ last: [{ event: 'panel.example.com', hoursAgo: 1 }] })).toBe('last=other:1h');
});

it.each([
  ['history.failed', true],
  ['panel.list-too-long', true],
  ['last-known.not-written', true],
  ['panel.example.com', false],
  ['node1.example', false],
  ['panel.10', false],
  ['Panel.failed', false],
])('%s as the name of an event: %s', (name, isOne) => {
  expect(isEventName(name)).toBe(isOne);
});
