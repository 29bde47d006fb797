// SPDX-License-Identifier: EUPL-1.2
import assert from "node:assert/strict";
import { test } from "node:test";

import { ClientError, createClient } from "./client.js";
import { serve } from "./worker/rpc.js";

/** @param {import("./worker/rpc.js").Methods} methods @param {string[]} [aside] @returns a client and a worker without its thread, over a real channel */
function connect(methods, aside = []) {
  const { port1, port2 } = new MessageChannel();
  serve(port2, methods, aside);
  port1.start();
  port2.start();
  return { client: createClient(port1), end: () => port1.close() };
}

test("a result comes back to the call that asked for it", async () => {
  const { client, end } = connect({ newWords: async ({ language }) => [language] });
  assert.deepEqual(await Promise.all(["nl", "en"].map((language) => client.newWords({ language }))), [["nl"], ["en"]]);
  end();
});

test("calls are answered one after the other", async () => {
  /** @type {string[]} */
  const order = [];
  const { client, end } = connect({
    init: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push("init");
    },
    close: async () => order.push("close"),
  });
  await Promise.all([client.init({ wordLists: {} }), client.close()]);
  assert.deepEqual(order, ["init", "close"]);
  end();
});

test("a call that is answered aside does not wait for one that takes long", async () => {
  let end = () => undefined;
  const upload = new Promise((resolve) => {
    end = () => void resolve([]);
  });
  const methods = { uploadFiles: () => upload, pauseFiles: async () => null };
  const { client, end: close } = connect(methods, ["pauseFiles"]);
  const uploading = client.uploadFiles({ language: "nl" });
  assert.equal(await client.pauseFiles({ pause: true }), null);
  end();
  assert.deepEqual(await uploading, []);
  close();
});

test("progress is told before the result", async () => {
  const { client, end } = connect({
    openMailbox: async (_, report) => {
      report("keys", 0.5);
      return null;
    },
  });
  /** @type {unknown[]} */
  const told = [];
  await client.openMailbox({ words: "", language: "nl" }, (progress) => told.push(progress));
  assert.deepEqual(told, [{ stage: "keys", fraction: 0.5 }]);
  end();
});

test("a refusal keeps its code and waiting time", async () => {
  const { client, end } = connect({ close: () => Promise.reject(new ClientError("slow_down", "too many", 7)) });
  await assert.rejects(client.close(), { name: "ClientError", code: "slow_down", detail: "too many", retryAfter: 7 });
  end();
});

test("an unforeseen error does not quote what was typed", async () => {
  const { client, end } = connect({ close: () => Promise.reject(new TypeError("secret words")) });
  const error = await client.close().catch((refusal) => refusal);
  assert.equal(error.code, "internal");
  assert.ok(!JSON.stringify(error).includes("secret") && !error.message.includes("secret"));
  end();
});

test("a method that the worker lacks is refused", async () => {
  const { client, end } = connect({});
  await assert.rejects(client.close(), { code: "internal" });
  end();
});

test("a worker that does not start fails every call that waits", async () => {
  /** @type {Record<string, (event: any) => void>} */
  const listeners = {};
  const client = createClient({ postMessage: () => undefined, addEventListener: (type, listener) => (listeners[type] = listener) });
  const waiting = client.close();
  listeners["error"]?.({});
  await assert.rejects(waiting, { code: "internal" });
});
