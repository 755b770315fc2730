/* A page for the bare application with the size of Perch's page: scripts, styles and elements. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './programs.mjs';

/** Counted in Perch's page with the demo's servers. */
const rows = 30;
const elementsInRow = 21;

/**
 * Writes the page and returns its path.
 * The sizes come from the files that Perch's `main.html` names, which must be read before the first frame.
 */
export function writeBarePage() {
  const folder = join(root, 'out/bench');
  mkdirSync(folder, { recursive: true });
  const pages = join(root, 'out/renderer');
  const html = readFileSync(join(pages, 'main.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="(\.\/assets\/[^"]+)"/g)].map(([, path]) => String(path));
  /** @param {string} kind */
  const bytes = (kind) =>
    named
      .filter((path) => path.endsWith(kind))
      .reduce((sum, path) => sum + statSync(join(pages, path)).size, 0);
  writeFileSync(join(folder, 'page.js'), scriptOf(bytes('.js')));
  writeFileSync(join(folder, 'page.css'), styleOf(bytes('.css')));
  const path = join(folder, 'page.html');
  writeFileSync(path, page);
  return path;
}

const page = `<!doctype html>
<meta charset="utf-8" />
<title>Bare</title>
<link rel="stylesheet" href="page.css" />
<body></body>
<script defer src="page.js"></script>
`;

/**
 * Functions with the tables that they read. The whole script is parsed; module code and a fourth of the functions run,
 * which is about the work of a page of components until its first frame.
 *
 * @param {number} bytes
 */
function scriptOf(bytes) {
  const parts = [drawing];
  let length = drawing.length;
  for (let at = 0; length < bytes; at++) {
    const part = `const t${at}={name:"part ${at}",list:[${at},${at + 1},${at + 2}],label:(n)=>"item "+n+" of ${at}"};
function f${at}(a,b){const c=new Map();for(const d of t${at}.list){const e=a+d*b;if(e%2===0)c.set(t${at}.label(d),e);else c.set(t${at}.name+d,{value:e,text:String(e)})}return[...c.values()].map((v)=>typeof v==="number"?v:v.value).reduce((s,v)=>s+v,0)}
${at % 4 === 0 ? `seen.push(f${at}(${at},3));\n` : ''}`;
    parts.push(part);
    length += part.length;
  }
  return `${parts.join('')}draw();\n`;
}

/** A list, and a table beside it. */
const drawing = `const seen=[];
function cell(row,at){const box=document.createElement("span");box.className="c"+at;box.textContent="Row "+row+", "+at;return box}
function line(row){const box=document.createElement("div");box.className="row";for(let at=0;at<${elementsInRow};at++)box.append(cell(row,at));return box}
function draw(){for(let row=0;row<${rows};row++)document.body.append(line(row));document.body.dataset.seen=String(seen.length)}
`;

/** @param {number} bytes */
function styleOf(bytes) {
  const parts = ['body{margin:0}.row{display:flex;height:26px}.row span{flex:1;overflow:hidden}\n'];
  let length = 0;
  for (let at = 0; length < bytes; at++) {
    const part = `.row .c${at}:hover{color:rgb(${at % 255} 20 30);padding:${at % 7}px ${at % 5}px;border-radius:${at % 3}px}\n`;
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
}
