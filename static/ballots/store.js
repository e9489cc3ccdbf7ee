// What this phone keeps in IndexedDB: the key of each household, and a signed ballot until it has arrived.

const NAME = "zhongjue";
const PATIENCE = 4000; // some in-app browsers never answer

let opening;

function database() {
  opening = opening || new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("keys");
      asked.result.createObjectStore("outbox");
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
    setTimeout(() => reject(new Error("no answer")), PATIENCE);
  });
  return opening;
}

async function run(store, mode, act) {
  const opened = await database();
  return new Promise((resolve, reject) => {
    const work = opened.transaction(store, mode);
    const asked = act(work.objectStore(store));
    work.oncomplete = () => resolve(asked.result);
    work.onerror = work.onabort = () => reject(work.error);
  });
}

export const get = (store, name) => run(store, "readonly", (rows) => rows.get(name));
export const put = (store, name, value) => run(store, "readwrite", (rows) => rows.put(value, name));
export const drop = (store, name) => run(store, "readwrite", (rows) => rows.delete(name));

export const nameOf = (paper) => `${paper.assembly}/${paper.voter}`;
