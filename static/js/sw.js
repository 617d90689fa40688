// The help pages without a line: numbers, cards of countries and the empty form, as anybody may read them. It answers
// for no other page, and keeps nothing that somebody wrote. What it is to keep stands before it, see handlers/help.
const { base, files } = self.kept;
const prefix = `bantuan${base}:`;
const name = prefix + files.join();
const open = new RegExp(`^${base}/bantuan(/negara(/[A-Z]{2})?|/tempat|/aman|/tulis/[a-z-]+)?$`);

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(files)).then(() => keep(new URL(`${base}/bantuan`, location.origin))));
});

self.addEventListener("activate", (event) => {
  const old = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((n) => n.startsWith(prefix) && n !== name).map((n) => caches.delete(n)));
    await self.clients.claim();
  };
  event.waitUntil(old());
});

// A page says that it was opened: it is asked for as by a stranger, a form without what makes it one's own.
self.addEventListener("message", (event) => event.waitUntil(keep(new URL(event.data, location.origin))));

async function keep(url) {
  if (!open.test(url.pathname)) return;
  const form = url.pathname.includes("/tulis/");
  const asked = form ? `${url.pathname}?kosong=1` : url.pathname + url.search;
  const page = await fetch(new Request(asked, { credentials: "omit", cache: form ? "default" : "force-cache" }));
  if (page.ok && !page.redirected) await (await caches.open(name)).put(form ? url.pathname : asked, page);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && open.test(url.pathname)) {
    event.respondWith(fetch(request).catch(() => kept(url)));
  } else if (files.includes(url.pathname)) {
    event.respondWith(caches.match(url.pathname, { cacheName: name }).then((file) => file ?? fetch(request)));
  }
});

// The page itself, without its country if need be, or the numbers.
async function kept(url) {
  const cache = await caches.open(name);
  for (const path of [url.pathname + url.search, url.pathname, `${base}/bantuan`]) {
    const page = await cache.match(path);
    if (page) return page;
  }
  return Response.error();
}
