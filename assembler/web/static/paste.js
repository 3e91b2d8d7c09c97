// A block from Excel or Word: what it would do is shown first when it is more than a row, or when something is amiss.
import {placeOf, targetOf} from './cells.js';
import {ask, buttons, digits, el, prose, say, words} from './dom.js';
import * as sync from './sync.js';

/** Rows and columns as plain text, from a table of Word too. */
export function blockOf(data) {
  const html = data.getData('text/html');
  if (/<table/i.test(html)) {
    const parsed = new DOMParser().parseFromString(html, 'text/html');
    const rows = gridOf(parsed.querySelector('table'));
    if (rows.length > 1 || rows[0]?.length > 1) return rows.map(row => row.map(quoted).join('\t')).join('\n');
  }
  const text = data.getData('text/plain');
  return /\t/.test(text) || /[^\n]\n[^\n]/.test(text.trim()) ? text : null;
}
/** The texts of a table by row and column; what a merged cell covers is blank. */
function gridOf(table) {
  const grid = Array.from(table.rows, () => []);
  [...table.rows].forEach((row, at) => {
    for (const cell of row.cells) {
      let column = 0;
      while (grid[at][column] !== undefined) column++;
      const down = Math.min(cell.rowSpan || 1, table.rows.length - at);
      for (let line = at; line < at + down; line++) for (let place = column; place < column + Math.min(cell.colSpan, 60); place++) grid[line][place] = '';
      grid[at][column] = said(cell);
    }
  });
  return grid.map(line => Array.from(line, text => text ?? ''));
}
function said(cell) {
  for (const end of cell.querySelectorAll('br')) end.replaceWith(' ');
  for (const block of cell.querySelectorAll('p, div, li')) block.append(' ');
  return cell.textContent.replace(/\s+/g, ' ').trim();
}
const quoted = text => /["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

export async function pasteInto(cell, text, table, applied) {
  const {item, row, column} = targetOf(cell.at);
  let base;
  for (;;) {
    const found = await sync.enqueue('acts/paste', {item, row, column, text, ...(base === undefined ? {} : {base})});
    if (found.outcome === 'written') {
      applied(found.delta);
      for (const problem of found.warnings ?? []) say(`${problem.message} ${problem.hint}`, 'warning');
      return;
    }
    if (!found.cells) { for (const problem of found.problems ?? []) say(`${problem.message} ${problem.hint ?? ''}`, 'error'); return; }
    const plain = found.cells.every(each => !each.problem) && !found.added && !found.left && new Set(found.cells.map(each => each.line)).size <= 1;
    if (!(plain && base === undefined) && !await agreed(found, table)) return;
    base = found.base;
  }
}

function agreed(preview, table) {
  const columns = preview.columns.map(name => table.columns.get(name)).filter(Boolean);
  const lines = new Map();
  for (const cell of preview.cells) { if (!lines.has(cell.line)) lines.set(cell.line, new Map()); lines.get(cell.line).set(cell.column, cell); }
  const bad = preview.cells.filter(each => each.problem);
  const note = (text, count) => count ? el('p', {}, `${text} ${digits(count)}`) : null;
  return ask(words.pastePreview, end => [
    note(words.pasteAdds, preview.added), note(words.pastePassed, preview.passed), note(words.pasteLeft, preview.left),
    bad.length ? el('div', {class: 'fault'}, el('p', {}, words.pasteBad), el('ul', {}, bad.slice(0, 12).map(each => el('li', {}, prose(`«${each.typed}»: ${each.problem.message}`))))) : null,
    el('div', {class: 'scroll preview', tabindex: 0, role: 'region', 'aria-label': words.pastePreview}, el('table', {class: 'sheet'},
      el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, words.row), columns.map(column => el('th', {scope: 'col'}, column.label)))),
      el('tbody', {}, [...lines].map(([, cells]) => el('tr', {}, el('th', {scope: 'row'}, digits([...cells.values()][0].number)), columns.map(column => {
        const cell = cells.get(column.name);
        if (!cell) return el('td');
        return el('td', {class: cell.problem ? 'bad' : (cell.was ?? '') !== (cell.becomes ?? '') ? 'new' : null}, cell.problem ? el('s', {}, cell.typed) : cell.becomes ?? '', cell.was && !cell.problem && cell.was !== cell.becomes ? el('small', {}, cell.was) : null);
      })))))),
    buttons([words.paste, () => end(true), 'main'], [words.cancel, () => end(null)]),
  ].filter(Boolean));
}
