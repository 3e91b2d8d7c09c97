// Small helpers: elements, texts in the reader's language, digits.

/** What the server put into the page. */
export const told = JSON.parse(document.getElementById('told').textContent);
export const words = told.words;
const persian = told.language === 'fa';
/** What stands between two names of a list. */
export const comma = persian ? '، ' : ', ';

/** An element with attributes (a function is a listener, `null` and `false` are left out) and children. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === false || value === undefined) continue;
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, '');
    else made.setAttribute(key, value);
  }
  made.append(...children.flat().filter(child => child !== null && child !== undefined && child !== ''));
  return made;
}

/** A number or a text with the digits of the reader's language. */
export const digits = text => persian ? String(text).replace(/[0-9]/g, digit => '۰۱۲۳۴۵۶۷۸۹'[digit]) : String(text);

/** A number on the sheet of a form, with the digits of its report. */
export const onSheet = text => told.digits === 'latin' ? String(text) : digits(text);

/** A value as it is printed: in text from right to left a percent sign stands at the left of its number. */
export const marked = text => text.replace(/([۰-۹])٪/g, '$1\u200f٪');
export const unmarked = text => text.replaceAll('\u200f', '');

/** A label, one that is read the other way in its direction, and below it the one in another language. */
export const labelled = field => [
  field.direction ? el('bdi', {dir: field.direction}, field.label) : field.label,
  field.translation ? el('span', {class: 'translation', dir: 'auto'}, field.translation) : null];

/** The lines of a header: the first one in its direction, the others as they begin. */
export const lines = (text, direction) => text.split('\n').map((line, n) => n || direction ? el('span', {class: 'line', dir: n ? 'auto' : direction}, line) : line);

/** A message of the server, in which commands and names stand between backticks. */
export const prose = text => String(text ?? '').split('`').map((part, n) => n % 2 ? el('code', {dir: 'ltr'}, part) : part);

/** A message; what a long one lists is folded below what it says. */
export function brief(text) {
  const [said, ...listed] = String(text ?? '').split(': ');
  return text.length > 240 && listed.length ? [el('details', {}, el('summary', {}, prose(`${said}:`)), ...prose(listed.join(': ')))] : prose(text);
}

/** A text with its places filled: `fill('{who} wrote', {who: 'Ali'})`. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');

/** Asks with a dialog of the page; gives what `done` was called with, null when it was left. */
export function ask(title, build) {
  return new Promise(resolve => {
    const dialog = el('dialog', {'aria-label': title});
    const end = value => { dialog.close(); dialog.remove(); before?.isConnected && before.focus(); resolve(value); };
    const before = document.activeElement;
    dialog.append(el('h2', {}, title), ...[build(end)].flat());
    dialog.addEventListener('cancel', event => { event.preventDefault(); end(null); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Says something to those who listen and to those who look. */
let silence;
export function say(text, kind = '') {
  let box = document.getElementById('said');
  if (!box) document.body.append(box = el('div', {id: 'said', role: 'status'}));
  box.className = kind;
  box.replaceChildren(...prose(text));
  clearTimeout(silence);
  silence = setTimeout(() => { box.textContent = ''; box.className = ''; }, 6000);
}

/** A row of buttons at the end of a dialog. */
export const buttons = (...pairs) => el('div', {class: 'buttons'}, pairs.map(([text, click, kind]) =>
  el('button', {type: 'button', class: kind ?? '', click}, text)));
