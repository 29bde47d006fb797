// SPDX-License-Identifier: EUPL-1.2
/** Members by name and role, or by role alone where the desk's policy says so. */
import { make } from "./dom.js";
import { language } from "./texts.js";

/** @typedef {{ name: string, role: string }} Person */
/** @typedef {import("../client.js").Desk} Desk */

/**
 * @param {Person[]} people
 * @param {Desk} desk
 * @returns {DocumentFragment[]} list items
 */
export function peopleItems(people, desk) {
  return people.map((person) => make("person", { name: nameBeforeRole(person, desk), role: person.role }));
}

/**
 * @param {Person} person
 * @param {Desk} desk
 * @returns {string} the name with its comma, or nothing
 */
export function nameBeforeRole({ name }, desk) {
  return desk.policy.namesShown ? `${name},` : "";
}

/**
 * @param {Person[]} people
 * @param {Desk} desk
 * @returns {string} such as "A (chair) and B (member)"
 */
export function peopleSentence(people, desk) {
  const names = people.map(({ name, role }) => (desk.policy.namesShown ? `${name} (${role})` : role));
  return new Intl.ListFormat(language(), { type: "conjunction" }).format(names);
}

/** Who can open what is sent today. @param {Desk} desk */
export function liveMembers(desk) {
  return desk.members.filter((member) => member.live);
}
