// The list of one session's door without a line, on that session's day alone: number, first name and an initial, as the page
// has them. It answers for no other page. What it is to keep stands before it, see handlers/institution.
const { page, until, files } = self.kept;
const prefix = "pintu:"; // also that of doorlist.js
const name = `${prefix}${until}:${page}`;
const patience = 5_000;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(files)));
});

self.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => self.clients.claim())));

// The page says that it is open, and is told that it is kept.
self.addEventListener("message", (event) => event.waitUntil(keep().then((kept) => kept && event.ports[0].postMessage(true))));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && pathname === page) event.respondWith(open(request));
  else if (files.includes(pathname)) event.respondWith(caches.match(pathname, { cacheName: name }).then((file) => file ?? fetch(request)));
});

async function keep() {
  if (Date.now() >= until) return tidy();
  const answer = await fetch(page, { cache: "no-store" });
  if (answer.ok && !answer.redirected) {
    await (await caches.open(name)).put(page, answer);
    return true;
  }
  if (shut(answer)) await (await caches.open(name)).delete(page);
}

// open is the page as it is now; as it was kept where no line brings it in time.
async function open(request) {
  await tidy();
  const kept = await caches.match(page, { cacheName: name });
  if (!kept) return fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, patience, kept));
  return Promise.race([now(request).catch(() => kept), late]);
}

// now is what the server answers; who may not open the page any more has none of it.
async function now(request) {
  const answer = await fetch(request);
  if (shut(answer)) await (await caches.open(name)).delete(page);
  else if (!answer.ok) throw new Error(answer.status); // a portal that starts anew has not taken the list away
  return answer;
}

function shut(answer) {
  return answer.type === "opaqueredirect" || answer.redirected || [401, 403, 404, 410].includes(answer.status);
}

// tidy takes away what days that are over have left.
async function tidy() {
  for (const old of await caches.keys()) {
    if (old.startsWith(prefix) && !(Number(old.split(":")[1]) > Date.now())) await caches.delete(old);
  }
}
