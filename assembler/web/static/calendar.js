// A small calendar, Jalali or Gregorian, over the one the browser itself has. Dates may always be typed instead.
import {el, onSheet, told, words} from './dom.js';

const NUMBERS = {year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'UTC'};
const OF_READER = told.language === 'fa' ? 'fa' : 'en';
const weekday = new Intl.DateTimeFormat(told.language === 'fa' ? 'fa' : 'en', {weekday: 'narrow', timeZone: 'UTC'});
const DAY = 86400000;

const written = ({year, month, day}) => `${year}/${String(month).padStart(2, '0')}/${String(day).padStart(2, '0')}`;
const latin = text => text.replace(/[۰-۹]/g, d => d.charCodeAt(0) - 0x6f0).replace(/[٠-٩]/g, d => d.charCodeAt(0) - 0x660);

/** What the Jalali calendar knows of a day. */
const jalali = {
  name: new Intl.DateTimeFormat(`${OF_READER}-u-ca-persian`, {month: 'long', timeZone: 'UTC'}),
  numbers: new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', NUMBERS),
  parts(time) {
    const found = Object.fromEntries(this.numbers.formatToParts(time).map(part => [part.type, parseInt(part.value)]));
    return {year: found.year ?? found.relatedYear, month: found.month, day: found.day};
  },
  /** The time of a day: the browser only leads the other way, so it is looked for from a good guess. */
  timeOf({year, month, day}) {
    let time = Date.UTC(year + 621, 2, 21) + ((month <= 6 ? (month - 1) * 31 : 186 + (month - 7) * 30) + day - 1) * DAY;
    for (let step = -3; step <= 3; step++) {
      const found = this.parts(time + step * DAY);
      if (found.year === year && found.month === month && found.day === day) return time + step * DAY;
    }
    return time;
  },
  weekBegins: 6, // on Saturday
};

const gregorian = {
  name: new Intl.DateTimeFormat(`${OF_READER}-u-ca-gregory`, {month: 'long', timeZone: 'UTC'}),
  parts(time) {
    const day = new Date(time);
    return {year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate()};
  },
  timeOf: ({year, month, day}) => Date.UTC(year, month - 1, day),
  weekBegins: 1, // on Monday
};

/** Opens beside a field; the chosen day is typed into it, in the calendar its dates are typed in. */
export function openCalendar(field, calendar = '') {
  const days = calendar === 'gregorian' ? gregorian : jalali;
  const parts = time => days.parts(time), timeOf = day => days.timeOf(day);
  const typed = /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/.exec(latin(field.value.trim()));
  const now = parts(Date.now());
  let at = timeOf(typed ? {year: +typed[1], month: +typed[2], day: +typed[3]} : now);
  const chosen = typed ? at : null;
  const dialog = el('dialog', {class: 'calendar', 'aria-label': words.calendar});
  const choose = time => {
    field.value = onSheet(written(parts(time)));
    dialog.close();
    field.focus();
    field.dispatchEvent(new Event('input', {bubbles: true}));
    field.dispatchEvent(new Event('change', {bubbles: true}));
  };
  const turn = by => { const {year, month} = parts(at); const next = year * 12 + month - 1 + by; at = timeOf({year: Math.floor(next / 12), month: next % 12 + 1, day: 1}); draw(); };
  function draw() {
    const {year, month, day} = parts(at);
    const first = timeOf({year, month, day: 1});
    const start = first - ((new Date(first).getUTCDay() + 7 - days.weekBegins) % 7) * DAY;
    const rows = [];
    for (let week = start; week === start || parts(week).month === month; week += 7 * DAY) {
      rows.push(el('tr', {}, [...Array(7).keys()].map(n => {
        const time = week + n * DAY, each = parts(time);
        if (each.month !== month) return el('td');
        return el('td', {}, el('button', {type: 'button', 'data-day': each.day, tabindex: each.day === day ? 0 : -1, 'aria-current': written(each) === written(now) ? 'date' : null, 'aria-pressed': time === chosen ? 'true' : 'false', click: () => choose(time)}, onSheet(each.day)));
      })));
    }
    dialog.replaceChildren(
      el('div', {class: 'buttons'},
        el('button', {type: 'button', 'aria-label': words.monthBefore, click: () => turn(-1)}, '‹'),
        el('strong', {'aria-live': 'polite'}, `${days.name.format(first)} ${onSheet(year)}`),
        el('button', {type: 'button', 'aria-label': words.nextMonth, click: () => turn(1)}, '›')),
      el('table', {}, el('thead', {}, el('tr', {}, [...Array(7).keys()].map(n => el('th', {scope: 'col'}, weekday.format(start + n * DAY))))), el('tbody', {}, rows)),
      el('div', {class: 'buttons'}, el('button', {type: 'button', click: () => choose(timeOf(now))}, words.today), el('button', {type: 'button', click: () => dialog.close()}, words.close)));
    dialog.querySelector('[data-day][tabindex="0"]')?.focus();
  }
  dialog.addEventListener('keydown', event => {
    const by = {ArrowUp: -7, ArrowDown: 7, ArrowLeft: told.language === 'fa' ? 1 : -1, ArrowRight: told.language === 'fa' ? -1 : 1}[event.key];
    if (!by || !event.target.dataset.day) return;
    event.preventDefault();
    at += by * DAY;
    draw();
  });
  dialog.addEventListener('close', () => { dialog.remove(); field.focus(); });
  document.body.append(dialog);
  dialog.showModal();
  draw();
}
