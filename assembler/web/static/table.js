// A table of the circular with an editor in each cell; its rows are known by their keys.
import {Cell, cells, placeOf} from './cells.js';
import {comma, digits, el, lines, onSheet, say, told, words} from './dom.js';
import * as sync from './sync.js';

let applied = () => {};
export function onTableApplied(call) { applied = call; }
export const tables = new Map();

export class Table {
  /** `helps` stand below its title. */
  constructor(item, may, helps) {
    Object.assign(this, {item, helps, table: item.table, name: item.name, may, rows: new Map()});
    this.columns = new Map(this.table.columns.map(column => [column.name, column]));
    this.counts = this.table.columns[0] && !this.table.columns[0].asked; // the first column says the number itself
    this.free = may.write && !this.table.printed && item.answer.open !== false;
    this.handled = !this.table.printed; // rows of the circular say themselves which they are
    tables.set(this.name, this);
    this.element = this.draw();
  }

  draw() {
    const {table} = this;
    this.body = el('tbody');
    this.foot = el('tfoot');
    const title = el('h2', {id: `h-${this.name}`}, table.title || this.item.label);
    const widths = table.leaves.map(leaf => el('col', {class: leaf.width ? `w${Math.min(12, Math.max(1, Math.round(leaf.width)))}` : null}));
    const handle = this.handled ? el('col', {class: this.counts ? 'handle bare' : 'handle'}) : null;
    this.grid = el('table', {class: table.cards ? 'sheet cards' : 'sheet', 'aria-labelledby': `h-${this.name}`, 'data-table': this.name},
      el('colgroup', {}, handle, widths), el('thead', {}, this.head()), this.body, this.foot);
    this.lent = el('p', {class: 'hint', dir: 'auto'});
    const section = el('div', {class: 'table'}, title, this.helps, this.lent, el('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-labelledby': `h-${this.name}`}, this.grid));
    if (this.free) section.append(this.adders());
    if (table.notes?.length) section.append(el('ul', {class: 'footnotes'}, table.notes.map(note => el('li', {dir: 'auto'}, note))));
    this.put(table.rows);
    this.drawFoot(table.foot);
    this.tellLent(table.lent);
    return section;
  }

  head() {
    const handle = this.handled && el('th', {class: 'handle', rowspan: this.table.head.length, scope: 'col'}, el('span', {class: 'unseen'}, words.rowMenu));
    return this.table.head.map((boxes, n) => el('tr', {}, n || !handle ? null : handle, boxes.map(box => el('th', {scope: box.columns > 1 ? 'colgroup' : 'col', colspan: box.columns, rowspan: box.rows}, lines(box.text, box.direction), box.mark ? el('sup', {}, box.mark) : null))));
  }

  adders() {
    const add = (count, band) => this.insert(null, count, band);
    return el('div', {class: 'buttons adders'},
      el('button', {type: 'button', click: () => add(1)}, words.addRow),
      el('button', {type: 'button', click: () => add(10)}, el('bdi', {}, `${words.addRows} (${digits(10)})`)),
      this.table.bands?.length ? el('button', {type: 'button', click: () => add(1, true)}, words.addBand) : null);
  }

  tellLent(lent) { this.lent.textContent = lent ? this.table.taken_over || words.lent : ''; }

  put(rows) { this.body.append(...rows.map(row => this.row(row))); this.renumber(); }

  row(row) {
    const made = {key: row.key, stamp: row.stamp, band: row.band, cells: [], number: row.number};
    this.rows.set(row.key, made);
    made.element = el('tr', {'data-row': row.key, class: row.band ? 'band' : row.reckoned ? 'reckoned' : null}, this.handle(made), row.heading ? el('th', {colspan: this.table.leaves.length, class: 'band', scope: 'rowgroup', dir: 'auto'}, row.heading) : row.band ? this.bandCells(row, made) : this.leafCells(row, made));
    return made.element;
  }

  cell(row, column, made) {
    const at = placeOf(this.name, row.key, column.name);
    const label = [row.title || `${words.row} ${onSheet(row.number)}`, ...(column.heads?.length ? column.heads : [column.label])].join(comma);
    const cell = new Cell(at, column, row.cells[column.name] ?? {relevant: false}, label, true);
    made.cells.push(cell);
    return cell;
  }

  leafCells(row, made) {
    const ticked = new Map();
    return this.table.leaves.map(leaf => {
      const column = this.columns.get(leaf.column);
      if (!leaf.choice) {
        const cell = this.cell(row, column, made);
        return el('td', {class: [column.entry, column.asked ? '' : 'out', row.closed?.includes(column.name) ? 'closed' : '', leaf.align ?? ''].join(' '), 'data-label': this.table.cards ? (column.heads?.length ? column.heads : [column.label]).map(head => column.direction === 'ltr' ? `\u200e${head}\u200e` : head).join(' › ') : null}, cell.box);
      }
      const cell = ticked.get(column.name) ?? this.cell(row, column, made);
      ticked.set(column.name, cell);
      const choice = column.choices.find(each => each.name === leaf.choice || each.label === leaf.choice) ?? {label: leaf.choice};
      const box = el('div', {class: 'cell'}, cell.tick(choice));
      if (ticked.size && cell.ticks.length === 1) cell.box = box;
      return el('td', {class: 'tick', 'data-label': this.table.cards ? `${column.label} › ${choice.label}` : null}, box);
    });
  }

  bandCells(row, made) {
    const names = this.table.bands?.length ? this.table.bands : [this.table.columns[0].name];
    return el('td', {colspan: this.table.leaves.length, class: 'band'}, names.map(name => this.cell(row, this.columns.get(name), made).box));
  }

  handle(made) {
    made.numbered = el('span');
    if (!this.handled) return null;
    const open = this.free ? el('button', {type: 'button', class: 'row-menu', tabindex: -1, 'aria-haspopup': 'menu', title: 'Alt+R', 'aria-label': words.rowMenu, click: event => this.menu(made, event.currentTarget)}, '⋮') : null;
    return el('th', {scope: 'row', class: 'handle'}, made.numbered, open);
  }

  renumber() {
    let n = 0;
    for (const element of this.body.rows) { const made = this.rows.get(element.dataset.row); if (made) made.numbered.textContent = made.band || this.counts ? '' : onSheet(++n); }
  }

  /** The menu of a row by its key, from a cell of it. */
  openMenu(key, from) {
    const made = this.rows.get(key);
    if (this.free && made) this.menu(made, made.element.querySelector('.row-menu'), from);
  }

  menu(made, button, from = button) {
    let isOpen = true;
    const close = () => {
      if (!isOpen) return; // a menu that is taken away loses the focus, which closes it too
      isOpen = false;
      document.removeEventListener('pointerdown', outside);
      menu.remove();
    };
    const outside = event => { if (!menu.contains(event.target)) close(); };
    const act = call => () => { close(); call(); };
    const before = made.element.previousElementSibling?.dataset.row ?? '', next = made.element.nextElementSibling;
    const choices = [
      [words.insertHere, () => this.insert(made.key, 1)],
      before !== '' ? [words.moveUp, () => this.move(made, made.element.previousElementSibling.previousElementSibling?.dataset.row ?? '')] : null,
      next ? [words.moveDown, () => this.move(made, next.dataset.row)] : null,
      [words.removeRow, () => this.remove(made)],
    ].filter(Boolean);
    const menu = el('div', {class: 'menu', role: 'menu'}, choices.map(([text, call]) => el('button', {type: 'button', role: 'menuitem', click: act(call)}, text)));
    menu.addEventListener('keydown', event => {
      const all = [...menu.children], n = all.indexOf(document.activeElement);
      if (event.key === 'Escape' || event.key === 'Tab') { close(); from.focus(); event.preventDefault(); event.stopPropagation(); }
      if (event.key === 'ArrowDown') { all[(n + 1) % all.length].focus(); event.preventDefault(); }
      if (event.key === 'ArrowUp') { all[(n - 1 + all.length) % all.length].focus(); event.preventDefault(); }
    });
    document.addEventListener('pointerdown', outside);
    menu.addEventListener('focusout', event => { if (!menu.contains(event.relatedTarget)) close(); });
    // Beside the button, over everything: the table scrolls and would cut it.
    const at = button.getBoundingClientRect();
    document.body.append(menu);
    menu.style.insetBlockStart = `${Math.min(at.bottom, innerHeight - menu.offsetHeight - 8)}px`;
    menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - menu.offsetWidth - 8))}px`;
    menu.firstChild.focus();
  }

  async act(name, data, focus) {
    const outcome = await sync.enqueue(`acts/${name}`, {item: this.name, ...data});
    if (outcome.delta) applied(outcome.delta);
    if (outcome.outcome === 'written') focus?.(outcome);
    else if (outcome.outcome === 'conflict') say(words.contested, 'warning');
    else for (const found of outcome.problems ?? []) say(`${found.message} ${found.hint ?? ''}`, 'error');
  }

  insert(behind, count, band = false, column = null) {
    const known = new Set(this.rows.keys());
    return this.act('insert', {behind, count, band}, () => {
      const fresh = [...this.body.rows].find(element => !known.has(element.dataset.row));
      const made = fresh && this.rows.get(fresh.dataset.row);
      const cell = made?.cells.find(each => column ? each.field.name === column : each.editors.length);
      cell?.focus();
    });
  }

  remove(made) {
    const next = made.element.nextElementSibling ?? made.element.previousElementSibling;
    return this.act('remove', {rows: [[made.key, made.stamp ?? '']]}, () => next && this.rows.get(next.dataset.row)?.cells.find(each => each.editors.length)?.focus());
  }

  move(made, behind) { return this.act('move', {row: made.key, behind}, () => made.cells.find(each => each.editors.length)?.focus()); }

  /** What changed: rows that say something else, came, went or moved; a row that is being typed in is never redrawn. */
  take(delta, mark) {
    for (const row of delta.rows ?? []) {
      const made = this.rows.get(row.key);
      if (!made) continue;
      made.stamp = row.stamp;
      for (const [name, answer] of Object.entries(row.cells)) {
        const cell = cells.get(placeOf(this.name, row.key, name));
        if (cell) { const before = cell.base; cell.take(answer); if (before !== cell.base) mark?.(cell); }
      }
    }
    if (delta.order) this.order(delta.order, new Map((delta.rows ?? []).map(row => [row.key, row])));
    if (delta.foot) this.drawFoot(delta.foot);
    this.tellLent(delta.lent);
  }

  order(keys, fresh) {
    const focused = document.activeElement;
    for (const [key, made] of [...this.rows]) {
      if (keys.includes(key)) continue;
      for (const cell of made.cells) cell.drop();
      made.element.remove();
      this.rows.delete(key);
    }
    let before = null;
    for (const key of keys) {
      const element = this.rows.get(key)?.element ?? (fresh.has(key) ? this.row(fresh.get(key)) : null);
      if (!element) continue;
      const place = before ? before.nextElementSibling : this.body.firstElementChild;
      if (place !== element) this.body.insertBefore(element, place);
      before = element;
    }
    this.renumber();
    if (focused?.isConnected && focused !== document.activeElement) focused.focus();
  }

  drawFoot(foot) {
    this.foot.replaceChildren(...(foot ?? []).map(boxes => el('tr', {}, this.handled ? el('td', {class: 'handle'}) : null, boxes.map(box => el('td', {colspan: box.columns, rowspan: box.rows, class: box.align}, box.text)))));
  }
}

/** The cell beside another one: by rows, or by columns within its row. */
export function beside(cell, down, along) {
  const [item, row, column] = cell.at.split('|');
  const table = tables.get(item), made = table?.rows.get(row);
  if (!made) return null;
  if (along) {
    const open = made.cells.filter(each => each.editors.length);
    return open[open.indexOf(cell) + along] ?? null;
  }
  let element = made.element;
  while ((element = down > 0 ? element.nextElementSibling : element.previousElementSibling)) {
    const found = cells.get(placeOf(item, element.dataset.row, column));
    if (found?.editors.length) return found;
  }
  return null;
}
