// One answer on the page: its editor, what stands on the server, and what is being typed.
import {openCalendar} from './calendar.js';
import {narrowed, offerChoices} from './choices.js';
import {buttons, el, fill, marked, prose, say, told, unmarked, words} from './dom.js';
import {formBase} from './net.js';
import * as sync from './sync.js';

const PAUSE = 1200; // milliseconds after the last key before an answer goes out
const FEW = 7; // choices that are shown at once
export const cells = new Map(); // by place: «item» or «item|row|column»
export const placeOf = (item, row = '', column = '') => row ? `${item}|${row}|${column}` : item;
export const targetOf = at => { const [item, row = '', column = ''] = at.split('|'); return {item, row, column}; };
let applied = () => {};
let serial = 0;
export function onApplied(call) { applied = call; }

export class Cell {
  /** `field` is how it is asked, `answer` what stands; `label` names it for those who do not see where it stands. */
  constructor(at, field, answer, label, compact) {
    Object.assign(this, {at, field, label, compact, timer: null, sending: false});
    this.id = `c${++serial}`;
    this.box = el('div', {class: `cell ${field.entry}`});
    this.take(answer, true);
    cells.set(at, this);
  }

  get base() { return this.answer.typed ?? ''; }
  get typed() { return this.read(); }
  /** Whether something is typed here that was not sent. An editor that is just being put in place holds nothing yet. */
  get isDirty() { return !this.drawing && this.editors.length > 0 && this.typed !== this.seen; }

  /** An answer from the server: shown unless something else is being typed here. */
  take(answer, first = false) {
    const before = this.answer;
    const dirty = !first && (this.isDirty || this.sending);
    this.answer = answer;
    if (!dirty) this.seen = this.base;
    if (first || this.shape(before) !== this.shape(answer)) this.draw(dirty);
    if (!dirty) this.write(this.base);
  }

  /** What decides which editor is drawn. */
  shape(answer) { return [answer.relevant !== false, answer.open !== false, answer.required === true, this.field.entry === 'file' || this.field.entry === 'image' ? answer.typed : '', this.editors?.length ? '' : answer.shown ?? answer.typed].join('|'); }

  draw(keep) {
    const typed = keep ? this.typed : null;
    this.drawing = true; // the editor that goes away loses the focus, which would send what the new one holds
    const focused = this.box.contains(document.activeElement);
    this.editors = [];
    this.read = () => this.base;
    this.write = () => {};
    const answer = this.answer, field = this.field;
    this.box.classList.toggle('closed', answer.relevant === false);
    const shown = answer.shown ?? answer.typed ?? '';
    if (answer.relevant === false) this.box.replaceChildren(el('span', {class: 'nothing', title: words.notAsked}, '—'));
    else if (!field.asked || field.entry === 'none') this.box.replaceChildren(el('output', {id: this.id, 'aria-label': this.label}, marked(shown)));
    else if (answer.open === false) this.box.replaceChildren(...this.readOnly(shown));
    else this.box.replaceChildren(...this.editor());
    for (const each of this.editors) { each.dataset.at = this.at; if (answer.required && each.type !== 'radio' && each.type !== 'checkbox') each.setAttribute('aria-required', 'true'); }
    this.write(keep ? typed : this.base);
    this.drawing = false;
    if (focused) this.focus();
  }

  readOnly(shown) {
    const isFile = this.field.entry === 'file' || this.field.entry === 'image';
    return isFile && shown ? [this.link(shown)] : [el('span', {class: 'fixed', dir: this.field.answer_direction || null}, marked(shown))];
  }

  editor() {
    switch (this.field.entry) {
      case 'choice': return this.field.within || (this.field.choices ?? []).length > FEW ? this.picker() : this.compact ? this.list() : this.radios('radio');
      case 'choices': return this.radios('checkbox');
      case 'date': return this.date();
      case 'image': case 'file': return this.file();
      case 'lines': return this.text(3);
      case 'number': return this.line({inputmode: 'decimal', class: 'number'});
      default: return this.compact ? this.text(1) : this.line({});
    }
  }

  line(attributes) {
    const input = el('input', {id: this.id, type: 'text', dir: this.field.answer_direction || null, autocomplete: 'off', 'aria-label': this.label, ...attributes});
    const isNumber = this.field.entry === 'number';
    this.editors = [input];
    this.read = () => isNumber ? unmarked(input.value) : input.value;
    this.write = text => { const shown = isNumber ? marked(text) : text; if (input.value !== shown) input.value = shown; };
    return [input];
  }

  text(rows) {
    const area = el('textarea', {id: this.id, rows, dir: this.field.answer_direction || null, 'aria-label': this.label});
    this.editors = [area];
    this.read = () => area.value;
    this.write = text => { if (area.value !== text) area.value = text; };
    return [area];
  }

  date() {
    const [input] = this.line({inputmode: 'numeric', class: 'date', dir: 'ltr'});
    return [el('span', {class: 'dated'}, input, el('button', {type: 'button', class: 'open-calendar', tabindex: this.compact ? -1 : null, 'aria-label': `${words.calendar}: ${this.label}`, click: () => openCalendar(input, this.field.calendar)}, '▾'))];
  }

  /** The choices that belong to what is chosen elsewhere; all while nothing is. */
  fitting() {
    const {within, choices = []} = this.field;
    if (!within) return choices;
    const {item, row} = targetOf(this.at);
    const other = (row ? cells.get(placeOf(item, row, within)) : null) ?? cells.get(placeOf(within));
    const chosen = other?.field.choices?.find(choice => choice.label === other.typed || choice.name === other.typed);
    return chosen ? choices.filter(choice => choice.within === chosen.name) : choices;
  }

  /** One of many choices: typed in part, by label or code, or looked for in the list. */
  picker() {
    const [input] = this.line({class: 'picker'});
    offerChoices(input, () => [...this.fitting(), ...(this.field.marks ?? []).map(label => ({label}))], !this.compact);
    return [input];
  }

  list() {
    const options = (this.field.choices ?? []).map(choice => el('option', {value: choice.label}, choice.label));
    const select = el('select', {id: this.id, 'aria-label': this.label}, el('option', {value: ''}), options, (this.field.marks ?? []).map(mark => el('option', {value: mark}, mark)));
    this.editors = [select];
    this.read = () => select.value;
    this.write = text => { if (select.value !== text) { if (text && ![...select.options].some(option => option.value === text)) select.append(el('option', {value: text}, text)); select.value = text; } };
    return [select];
  }

  radios(type) {
    const all = (this.field.choices ?? []).map(choice => el('input', {type, name: this.id, value: choice.label, 'aria-label': `${this.label}: ${choice.label}`}));
    const joined = texts => texts.join('، ');
    this.editors = all;
    this.read = () => joined(all.filter(each => each.checked).map(each => each.value));
    this.write = text => { const chosen = type === 'radio' ? [text] : text.split(/\s*[،,]\s*/); for (const each of all) each.checked = chosen.includes(each.value); };
    const clear = type === 'radio' ? el('button', {type: 'button', class: 'clear', title: words.clear, 'aria-label': `${words.clear}: ${this.label}`, click: () => { this.write(''); this.send(); }}, '×') : null;
    const labels = all.map(each => el('label', {}, each, ' ', each.value));
    const options = el('span', {class: 'options', role: type === 'radio' ? 'radiogroup' : 'group', 'aria-label': this.label}, labels, clear);
    return all.length > FEW ? [narrowed(options, labels, `${words.search}: ${this.label}`)] : [options];
  }

  /** A radio button or a tick of one choice, which stands in a column of its own. */
  tick(choice) {
    this.ticks ??= [];
    const type = this.field.entry === 'choices' ? 'checkbox' : 'radio';
    const input = el('input', {type, name: this.id, value: choice.label, 'aria-label': `${this.label}: ${choice.label}`});
    input.dataset.at = this.at;
    this.ticks.push(input);
    this.editors = this.ticks;
    this.read = () => this.ticks.filter(each => each.checked).map(each => each.value).join('، ');
    this.write = text => { const chosen = type === 'radio' ? [text] : text.split(/\s*[،,]\s*/); for (const each of this.ticks) each.checked = chosen.includes(each.value); };
    // A radio button that is pressed again is let go: a mark by mistake must not stay.
    if (type === 'radio') input.addEventListener('click', () => { if (input.value === this.seen && input.checked) { this.write(''); this.send(); } });
    this.draw = () => { for (const each of this.ticks) each.disabled = this.answer.relevant === false || this.answer.open === false; };
    this.draw();
    this.write(this.base);
    this.seen = this.base;
    return input;
  }

  link(name) {
    const {item, row, column} = targetOf(this.at);
    return el('a', {href: `${formBase}/file?${new URLSearchParams({item, row, column})}`, download: true, class: 'file-name'}, name);
  }

  file() {
    const name = this.base;
    const input = el('input', {type: 'file', id: this.id, class: 'unseen', accept: this.field.entry === 'image' ? 'image/*' : null, 'aria-label': this.label, change: () => input.files[0] && this.attach(input.files[0])});
    const zone = el('span', {class: 'drop'},
      name ? this.link(name) : null, input, el('label', {for: this.id, class: 'button', title: words.dropFile}, this.compact ? words.file : words.chooseFile), this.compact ? null : el('span', {class: 'hint'}, words.dropFile),
      name ? el('button', {type: 'button', click: () => this.sendText('')}, words.removeFile) : null);
    zone.addEventListener('dragover', event => { event.preventDefault(); zone.classList.add('over'); });
    zone.addEventListener('dragleave', () => zone.classList.remove('over'));
    zone.addEventListener('drop', event => { event.preventDefault(); zone.classList.remove('over'); if (event.dataTransfer.files[0]) this.attach(event.dataTransfer.files[0]); });
    this.editors = [input];
    this.read = () => this.seen; // a file is sent when it is chosen, it is never typed
    return [zone];
  }

  async attach(file) {
    const data = new FormData(), at = targetOf(this.at);
    for (const [name, value] of Object.entries(at)) data.append(name, value);
    data.append('base', this.base);
    data.append('file', file);
    this.clear();
    this.box.classList.add('saving');
    this.waiting = null;
    const outcome = await sync.enqueue('attach', data);
    this.box.classList.remove('saving');
    if (outcome.outcome === 'unreachable') { this.waiting = file; this.tell([{message: words.fileWaits, hint: file.name}]); } else this.settleFile(outcome);
  }

  /** A file is not kept in this browser: what was not taken is only told. */
  settleFile(outcome) {
    if (outcome.outcome === 'written') this.tellMine();
    if (outcome.delta) applied(outcome.delta);
    if (outcome.outcome === 'conflict') this.tell([{message: fill(words.wrote, {who: outcome.contested[0]?.who || words.somebody}), hint: outcome.contested[0]?.theirs || words.blank}]);
    else if (outcome.outcome !== 'written') this.tell(outcome.problems ?? []);
    for (const found of outcome.warnings ?? []) say(`${found.message} ${found.hint}`, 'warning');
  }

  focus() { (this.editors.find(each => each.checked) ?? this.editors[0])?.focus(); }

  /** Something was typed: it is noted at once and sent after a pause. */
  typing() {
    if (this.isDirty) sync.note(this.at, this.typed, this.seen); else sync.forget(this.at);
    clearTimeout(this.timer);
    if (this.editors[0].getAttribute('role') !== 'combobox') this.timer = setTimeout(() => this.send(), PAUSE); // a choice typed in part is none
  }

  async send() {
    clearTimeout(this.timer);
    // What was refused or is contested waits for its writer: sent again as it is, it would be told again.
    if (!this.isDirty || this.sending || this.typed === this.refused) return;
    await this.sendText(this.typed);
  }

  async sendText(typed) {
    const base = this.seen;
    this.sending = true;
    this.refused = null;
    this.clear();
    sync.note(this.at, typed, base);
    const outcome = await sync.enqueue('acts/write', {...targetOf(this.at), typed, base});
    this.sending = false;
    this.settle(outcome, typed);
    if (outcome.outcome === 'written' && this.isDirty) this.typing(); // typed on meanwhile
  }

  settle(outcome, typed) {
    if (outcome.outcome === 'unreachable') return;
    if (outcome.outcome === 'written') {
      sync.forget(this.at);
      this.seen = typed;
      this.tellMine();
      applied(outcome.delta);
      if (this.typed === typed) { this.seen = this.base; this.write(this.base); } else this.seen = this.base;
      for (const found of outcome.warnings ?? []) say(`${found.message} ${found.hint}`, 'warning');
    } else if (outcome.outcome === 'conflict') {
      if (outcome.delta) applied(outcome.delta);
      sync.fault(this.at, 'contested');
      this.refused = typed;
      this.contest(outcome.contested[0] ?? {theirs: this.base}, typed);
    } else {
      sync.fault(this.at);
      this.refused = typed;
      this.tell(outcome.problems ?? []);
    }
  }

  /** What I wrote myself comes back with the changes, also with those of others: it needs no mark. */
  tellMine() {
    this.isMine = true;
    clearTimeout(this.mine);
    this.mine = setTimeout(() => { this.isMine = false; }, 3000);
  }

  clear() { this.box.querySelectorAll(':scope > .told').forEach(each => each.remove()); }

  tell(problems) {
    this.clear();
    this.box.append(...problems.map(found => el('p', {class: 'told fault', role: 'alert', dir: 'auto'}, prose(`${found.message} ${found.hint ?? ''}`))));
  }

  /** Both values with names; whichever is chosen, the other is in the history. */
  contest(each, typed) {
    this.clear();
    const who = each.who || words.somebody;
    const choose = value => { this.clear(); this.refused = null; this.seen = each.theirs; this.write(value); sync.forget(this.at); if (value !== each.theirs) this.sendText(value); this.focus(); };
    this.box.append(el('div', {class: 'told contest', role: 'alert'},
      el('p', {}, fill(words.wrote, {who}), ' ', el('strong', {}, each.theirs || words.blank)),
      buttons([`${words.theirs}: ${each.theirs || words.blank}`, () => choose(each.theirs)], [`${words.mine}: ${typed || words.blank}`, () => choose(typed)])));
  }

  /** What was kept in this browser comes back, over what it was typed over. */
  restore({typed, base}) {
    if (!this.editors.length) return;
    this.seen = base;
    this.write(typed);
    if (this.isDirty) this.send(); else { sync.forget(this.at); this.seen = this.base; }
  }

  /** What could not go out goes out. */
  again(kept) {
    if (this.waiting) this.attach(this.waiting);
    else if (kept && !this.sending) this.restore(kept);
  }

  /** What is typed is given up: there stands what stood before. */
  letGo() {
    clearTimeout(this.timer);
    this.clear();
    this.refused = null;
    this.seen = this.base;
    this.write(this.base);
    sync.forget(this.at);
  }

  drop() { clearTimeout(this.timer); cells.delete(this.at); }
}

document.addEventListener('input', event => { const cell = cells.get(event.target.dataset?.at); if (cell && event.target.type !== 'radio' && event.target.type !== 'checkbox' && event.target.type !== 'file') cell.typing(); });
document.addEventListener('change', event => { const cell = cells.get(event.target.dataset?.at); if (cell && event.target.type !== 'file') cell.send(); });
document.addEventListener('focusout', event => { const cell = cells.get(event.target.dataset?.at); if (cell?.isDirty && event.target.type !== 'radio' && event.target.type !== 'checkbox') cell.send(); });
sync.onReturn(() => { const kept = sync.unsent(); for (const [at, cell] of cells) cell.again(kept[at]); });
