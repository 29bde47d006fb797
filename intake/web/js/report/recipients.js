// SPDX-License-Identifier: EUPL-1.2
/**
 * Who will read the report, and who must not. A reader who is excluded gets a stanza that nobody can open
 * (FORMAT.md 4.4), so it is decided here, before anything is sealed.
 */
import { find, make, on, put } from "../ui/dom.js";
import { liveMembers, nameBeforeRole, peopleItems, peopleSentence } from "../ui/people.js";
import { routeList } from "../ui/routes.js";
import { text } from "../ui/texts.js";
import { namedIn } from "./names.js";
import { answersOf, excludedIn } from "./questions.js";

/** @typedef {import("../client.js").Desk} Desk */
/** @typedef {import("../client.js").Member} Member */

/**
 * Put the readers into the form, to be ticked; those who were ticked stay so.
 *
 * @param {HTMLFormElement} form with a slot `exclusion`
 * @param {Desk} desk
 */
export function offerExclusion(form, desk) {
  if (!desk.policy.exclusion) {
    put(put(form, "exclusion", make("exclusion-none")), "routes", routeList(desk.elsewhere));
    return;
  }
  const ticked = excludedIn(form);
  const part = make("exclusion");
  put(part, "members", ...liveMembers(desk).map((member) => choiceOf(member, desk, ticked.includes(member.id))));
  const place = put(form, "exclusion", part);
  let shown = "";
  const refresh = () => {
    const { left, named } = readersOf(form, desk);
    const now = JSON.stringify([left, named]);
    // What has not changed is not put there again: a screen reader would read it at every key.
    if (now === shown) return;
    shown = now;
    put(place, "named", ...namedNotices(form, desk, afterwards));
    put(place, "left", ...leftNotice(form, desk));
  };
  const afterwards = (/** @type {HTMLInputElement} */ box) => {
    refresh();
    box.focus();
  };
  // The whole form: a name may be typed in any answer.
  form.oninput = refresh;
  refresh();
}

/**
 * @param {Member} member
 * @param {Desk} desk
 * @param {boolean} ticked
 */
function choiceOf(member, desk, ticked) {
  const choice = make("exclusion-member", { name: nameBeforeRole(member, desk), role: member.role });
  const box = /** @type {HTMLInputElement} */ (find("input", choice));
  box.id = `excluded-${member.id}`;
  box.value = member.id;
  box.checked = ticked;
  find("label", choice).setAttribute("for", box.id);
  return choice;
}

/** @param {HTMLFormElement} form @returns {boolean} is everybody excluded who could read it? */
export function nobodyIsLeft(form) {
  const boxes = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll('[name="excluded"]')]);
  return boxes.length > 0 && boxes.every(({ checked }) => checked);
}

/**
 * @param {HTMLFormElement} form
 * @param {Desk} desk
 */
function leftNotice(form, desk) {
  const { left, excluded } = readersOf(form, desk);
  if (excluded.length === 0 || left.length > 1) return [];
  const [only] = left;
  if (only) return [text("one-reader", { reader: peopleSentence([only], desk) })];
  const notice = make("nobody-left");
  put(notice, "routes", routeList(desk.elsewhere));
  return [notice];
}

/**
 * @param {HTMLFormElement} form
 * @param {Desk} desk
 * @returns {{ left: Member[], excluded: Member[], named: Member[] }} of those who can be sealed to today; `named` are those
 *   who are left and whose name was typed
 */
function readersOf(form, desk) {
  const ids = excludedIn(form);
  const live = liveMembers(desk);
  const left = live.filter(({ id }) => !ids.includes(id));
  return { left, excluded: live.filter(({ id }) => ids.includes(id)), named: namedIn(Object.values(answersOf(form)), left) };
}

/**
 * @param {HTMLFormElement} form
 * @param {Desk} desk
 * @param {(box: HTMLInputElement) => void} onExcluded is given the box that was ticked; the notice's button must go
 * @returns {DocumentFragment[]} for each reader whose name was typed and who still reads it
 */
function namedNotices(form, desk, onExcluded) {
  return readersOf(form, desk).named.map((member) => {
    const notice = make("named", { person: peopleSentence([member], desk) });
    on(notice, "exclude", () => {
      const box = /** @type {HTMLInputElement} */ (find(`#excluded-${member.id}`, form));
      box.checked = true;
      onExcluded(box);
    });
    return notice;
  });
}

/**
 * @param {HTMLElement} view with a slot `readers`
 * @param {HTMLFormElement} form
 * @param {Desk} desk
 * @param {() => void} onChange the reporter wants to change who reads it
 */
export function showReaders(view, form, desk, onChange) {
  const { left, excluded } = readersOf(form, desk);
  const known = make(left.length > 0 ? "readers-known" : "nobody-left", { name: desk.name });
  if (left.length > 0) put(known, "readers", ...peopleItems(left, desk));
  else put(known, "routes", routeList(desk.elsewhere));
  const place = put(view, "readers", known);
  if (excluded.length > 0) place.append(make("readers-excluded", { people: peopleSentence(excluded, desk) }));
  if (!desk.policy.exclusion) return;
  const again = () => {
    showReaders(view, form, desk, onChange);
    find('[data-action="change-readers"]', view).focus();
  };
  place.append(...namedNotices(form, desk, again), make("readers-change"));
  on(place, "change-readers", onChange);
}
