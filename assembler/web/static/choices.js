// Many choices: typing narrows them, arrows go through them. What is typed and is none of them is told by the server.
import {el, words} from './dom.js';

let serial = 0;
/** A text as it is looked for: whichever letters, digits and joiners a keyboard gives. */
const folded = text => text.toLowerCase().replace(/[يى]/g, 'ی').replace(/ك/g, 'ک').replace(/[أإآ]/g, 'ا').replace(/[ؤ]/g, 'و').replace(/ة/g, 'ه')
  .replace(/[۰-۹]/g, d => d.charCodeAt(0) - 0x6f0).replace(/[٠-٩]/g, d => d.charCodeAt(0) - 0x660).replace(/[\s\u200c\u0640\u064b-\u0652]+/g, '');
/** What begins with what is typed comes first, then what holds it; a code is told whole. */
const matching = (choices, typed) => {
  const wanted = folded(typed), begin = choice => folded(choice.label).startsWith(wanted) || folded(choice.code ?? '') === wanted;
  return [...choices.filter(begin), ...choices.filter(choice => !begin(choice) && folded(choice.label).includes(wanted))];
};

/** Gives a line of text a list of the choices there are when it opens; `opens` tells whether an arrow alone opens it, as it does not in a table. */
export function offerChoices(input, choices, opens) {
  const id = `choices-${++serial}`;
  let list = null, found = [], active = -1;
  for (const [name, value] of Object.entries({role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-haspopup': 'listbox'})) input.setAttribute(name, value);

  function open(typed) {
    const offered = choices(), labels = offered.map(choice => choice.label);
    found = typed ? matching(offered, typed).map(choice => choice.label) : labels;
    active = typed ? found.length ? 0 : -1 : labels.indexOf(input.value);
    if (!list) {
      list = el('ul', {id, class: 'choices-list', role: 'listbox', 'aria-label': input.getAttribute('aria-label')});
      list.addEventListener('pointerdown', event => event.preventDefault()); // the line keeps the focus
      list.addEventListener('click', event => { const option = event.target.closest('[role=option]'); if (option) take(found[+option.dataset.n]); });
      document.body.append(list);
      input.setAttribute('aria-expanded', 'true');
      input.setAttribute('aria-controls', id);
      addEventListener('scroll', place, true);
    }
    list.replaceChildren(...(found.length ? found.map((label, n) => el('li', {id: `${id}-${n}`, role: 'option', 'data-n': n, 'aria-selected': 'false'}, label)) : [el('li', {role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false'}, words.noChoice)]));
    place();
    show();
  }

  function place() {
    const at = input.getBoundingClientRect(), below = innerHeight - at.bottom - 8, above = at.top - 8;
    const isBelow = below >= Math.min(list.scrollHeight, 180) || below >= above;
    list.style.minWidth = `${at.width}px`;
    list.style.maxHeight = `${Math.min(280, Math.max(90, isBelow ? below : above))}px`;
    list.style.left = `${Math.max(8, Math.min(document.dir === 'rtl' ? at.right - list.offsetWidth : at.left, innerWidth - list.offsetWidth - 8))}px`;
    list.style.top = `${isBelow ? at.bottom : at.top - list.offsetHeight}px`;
  }

  function show() {
    [...list.children].forEach((option, n) => option.setAttribute('aria-selected', n === active ? 'true' : 'false'));
    if (active < 0) { input.removeAttribute('aria-activedescendant'); return; }
    input.setAttribute('aria-activedescendant', `${id}-${active}`);
    list.children[active].scrollIntoView({block: 'nearest'});
  }

  function close() {
    list?.remove();
    list = null;
    removeEventListener('scroll', place, true);
    input.setAttribute('aria-expanded', 'false');
    for (const name of ['aria-controls', 'aria-activedescendant']) input.removeAttribute(name);
  }

  function take(label) {
    close();
    if (label === undefined) return;
    input.value = label;
    input.dispatchEvent(new Event('change', {bubbles: true}));
  }

  const moved = by => { active = found.length ? (active + by + found.length) % found.length : -1; show(); };
  input.addEventListener('click', () => { if (!list) open(''); });
  input.addEventListener('input', () => { if (input.value.trim()) open(input.value); else close(); });
  input.addEventListener('focusout', () => { if (list && input.value.trim() && found.length === 1) input.value = found[0]; close(); });
  input.addEventListener('keydown', event => {
    const isArrow = event.key === 'ArrowDown' || event.key === 'ArrowUp';
    if (!list) {
      if (isArrow && (opens || event.altKey)) { event.preventDefault(); open(''); }
      return;
    }
    if (isArrow) { event.preventDefault(); moved(event.key === 'ArrowDown' ? 1 : -1); }
    else if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); close(); }
    else if (event.key === 'Enter') { event.preventDefault(); take(found[active]); }
    else if (event.key === 'Tab' && active >= 0) take(found[active]);
  });
}

/** Ticks among many, with a line over them that narrows what is shown; what is ticked stays. */
export function narrowed(options, labels, name) {
  const search = el('input', {type: 'search', class: 'narrow-choices', autocomplete: 'off', 'aria-label': name, placeholder: words.search});
  search.addEventListener('input', () => {
    const wanted = folded(search.value);
    for (const label of labels) label.hidden = !folded(label.textContent).includes(wanted) && !label.querySelector('input').checked;
  });
  return el('span', {class: 'many'}, search, options);
}
